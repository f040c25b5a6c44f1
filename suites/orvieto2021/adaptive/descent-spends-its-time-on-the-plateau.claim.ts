import { optimiserEscape } from "../../../benchmarks/optimisers/optimiser-escape.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { xavierUniform } from "../../../src/lab/networks/network.ts";
import type { Optimiser } from "../../../src/lab/networks/optimiser.ts";
import { linearChain } from "../chains/initialisations.ts";
import { descent, HORIZON, sign } from "./optimisers.ts";

const leave = (depth: number, optimiser: Optimiser) =>
  optimiserEscape(linearChain(depth, xavierUniform), optimiser, HORIZON);

export default defineClaim({
  id: "orvieto2021/adaptive/descent-spends-its-time-on-the-plateau",
  title: "Gradient descent spends seven eighths of a training on the plateau",
  statement: String.raw`Of a training of 4,000 steps of 0.002, in which sign descent leaves the plateau thirty times over, gradient descent on Xavier chains of depth 40 to 120 spends on average more than seven eighths on the plateau: $E \min(T, 8) \ge 7$.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { gradientMagnitude: "steps are proportional to the gradient" },
  grid: { depth: [40, 80, 120] },
  experiment: ({ depth }) => leave(depth, descent),
  prediction: {
    says: "at-least",
    statistic: "restricted-mean-time",
    of: "time",
    given: "counts",
    until: HORIZON,
    bound: (7 / 8) * HORIZON,
    because: "one chain in thirty leaves at depth 40, at any time of the training, and none in a thousand at depth 80",
    expected: {
      value: ({ depth }) => (depth === 40 ? 7.8 : 7.99),
      spread: ({ depth }) => (depth === 40 ? 1.1 : 0.2),
    },
  },
  rivals: [{ value: HORIZON / 30, because: "what sign descent takes" }],
  controls: [
    {
      breaks: "gradientMagnitude",
      because: "sign descent moves as fast where gradients vanish",
      experiment: ({ depth }) => leave(depth, sign),
      expected: { value: 0.27, spread: 0.1 },
      replicates: { smoke: 256, full: 512 },
    },
  ],
  tiers: {
    smoke: { replicates: 1024, grid: { depth: [40] } },
    full: { replicates: 2048 },
    deep: {
      replicates: 8192,
      bound: (15 / 16) * HORIZON,
      because: "twice as near to the whole training as the claim at full",
    },
  },
});
