import { defineClaim } from "../../../src/claim/claim.ts";
import { train } from "./arms.ts";

export default defineClaim({
  id: "orvieto2021/training/adam-leaves-the-deepest-plateau",
  title: "At depth 64 Adam leaves the plateau in 40 steps, descent does not",
  statement: String.raw`At width 16 and depth 64 the share of networks with a loss below $0.9 \ln 10$ after 40 steps on 64 digits is larger by at least one half under Adam than under gradient descent, each at its best rate. Such a loss is below chance, and no more.`,
  source: { paper: "orvieto2021@v1", at: "abstract", grade: "stated" },
  assumptions: { adaptive: "each weight's step is divided by the size of its own gradients" },
  grid: { depth: [64] },
  experiment: ({ depth }) => train("deepest-adam", { depth }),
  against: ({ depth }) => train("deepest-descent", { depth }),
  prediction: {
    says: "differs-by-at-least",
    statistic: "proportion",
    of: "leaves",
    bound: 0.5,
    because: "0.96 on the tuning networks",
    expected: { value: 0.93 },
  },
  rivals: [{ value: 0, because: "no difference" }],
  controls: [
    {
      breaks: "adaptive",
      because: "descent at another rate leaves no more often",
      experiment: ({ depth }) => train("deepest-descent", { rate: 0.05, depth }),
      expected: { value: 0.02 },
      replicates: { smoke: 24, full: 160 },
    },
  ],
  tiers: {
    smoke: { replicates: 24 },
    full: { replicates: 96 },
    deep: { replicates: 512, bound: 0.7, because: "0.96 on the tuning networks" },
  },
});
