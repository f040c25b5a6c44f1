import { defineClaim } from "../../../src/claim/claim.ts";
import { logRatio, medianOfSum } from "./log-norm.theory.ts";
import { reluNetwork, rootWidth } from "./networks.ts";

const spread = (width: number, depth: number) => Math.sqrt(depth * logRatio(width, "relu").variance);
const median = (width: number, depth: number) => medianOfSum(logRatio(width, "relu"), depth);

export default defineClaim({
  id: "orvieto2021/width/critical-width-is-proportional-to-depth",
  title: "Norms hold where width grows like depth, and vanish where it grows slower",
  statement: String.raw`Along $d = 2L$ the median of $\ln\|h_L\|^2$ stays at about $-1.25$ at every depth; along $d = 3\sqrt L$ and at fixed $d$ it falls without bound: the critical width is proportional to depth.`,
  source: { paper: "orvieto2021@v1", at: "abstract", grade: "stated" },
  assumptions: { proportional: "width grows in proportion to depth" },
  grid: { depth: [12, 16, 24, 32, 48, 64, 128] },
  experiment: ({ depth }) => reluNetwork(2 * depth, depth),
  prediction: {
    says: "equals",
    statistic: "median",
    of: "logNormSquared",
    value: -1.25,
    within: 0.35,
    because: "the limit is -5/4 and finite depths lie up to 0.06 from it; at d = L the limit is -2.5, far outside",
    expected: {
      value: ({ depth }) => median(2 * depth, depth),
      spread: ({ depth }) => spread(2 * depth, depth),
    },
  },
  rivals: [{ value: -2.5, because: "the limit along d = L" }],
  controls: [
    {
      breaks: "proportional",
      because: "along d = 3 sqrt(L) the median falls like -(5/6) sqrt(L)",
      experiment: ({ depth }) => reluNetwork(rootWidth(depth), depth),
      expected: {
        value: ({ depth }) => median(rootWidth(depth), depth),
        spread: ({ depth }) => spread(rootWidth(depth), depth),
      },
      replicates: { smoke: 256, full: 1024 },
    },
    {
      breaks: "proportional",
      because: "at the fixed width 16 it falls like -0.176 L",
      experiment: ({ depth }) => reluNetwork(16, depth),
      expected: {
        value: ({ depth }) => median(16, depth),
        spread: ({ depth }) => spread(16, depth),
      },
      replicates: { smoke: 256, full: 1024 },
    },
  ],
  tiers: {
    smoke: { replicates: 256, grid: { depth: [12, 24] } },
    full: { replicates: 3456, grid: { depth: [12, 24, 48] } },
    deep: {
      replicates: 8192,
      grid: { depth: [16, 32, 64, 128] },
      within: 0.25,
      because: "a fifth of the limit; from depth 16 on the medians lie at most 0.03 from it",
    },
  },
});
