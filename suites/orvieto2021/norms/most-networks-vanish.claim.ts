import { forwardLogNorm } from "../../../benchmarks/forward-log-norm.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { heNormal, mlp } from "../../../src/lab/networks/network.ts";
import { samplingAt } from "../width/networks.ts";

const relu = (width: number, depth: number) =>
  forwardLogNorm(mlp({ width, depth, activation: "relu", init: heNormal }), undefined, samplingAt(width));

export default defineClaim({
  id: "orvieto2021/norms/most-networks-vanish",
  title: "Yet most narrow networks lose nine tenths of their energy",
  statement: String.raw`At width 16 and depth 64 more than 80 % of He-initialised ReLU networks have $\|h_L\|^2 < \|h_0\|^2 / 10$, although $\mathbb E \|h_L\|^2 = \|h_0\|^2$.`,
  source: { paper: "orvieto2021@v1", at: "abstract", grade: "stated" },
  assumptions: { narrow: "width is below order depth" },
  grid: { depth: [64] },
  experiment: ({ depth }) => relu(16, depth),
  prediction: {
    says: "at-least",
    statistic: "proportion",
    of: "belowTenth",
    bound: 0.8,
    because: "theory gives 0.96 at L/d = 4 and 0.55 at L/d = 1: 0.8 lies between",
    expected: { value: 0.959 },
  },
  rivals: [{ value: 0.5, because: "as many above as below, were the norm's logarithm centred at 0" }],
  controls: [
    {
      breaks: "narrow",
      because: "at width 64, equal to depth, 0.55 of the networks fall that low",
      experiment: ({ depth }) => relu(64, depth),
      expected: { value: 0.546 },
      replicates: { smoke: 128, full: 384 },
    },
    {
      breaks: "narrow",
      because: "at width 256, four times depth, 0.07 of them do",
      experiment: ({ depth }) => relu(256, depth),
      expected: { value: 0.069 },
      replicates: { deep: 256 },
    },
  ],
  tiers: {
    smoke: { replicates: 256 },
    full: { replicates: 320 },
    deep: { replicates: 1280, bound: 0.9, because: "theory gives 0.96" },
  },
});
