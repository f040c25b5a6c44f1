import { defineClaim } from "../../../src/claim/claim.ts";
import { train } from "./arms.ts";

export default defineClaim({
  id: "orvieto2021/training/adam-learns-from-mini-batches",
  title: "From mini-batches Adam trains at least half of all networks more than descent does",
  statement: String.raw`The share of networks of width 16 and depth 24 with a loss below $0.7 \ln 10$ on their 64 digits after 400 steps on mini-batches of 16 is larger by at least one half under Adam than under stochastic gradient descent, each at its best rate of the tuning grid.`,
  source: { paper: "orvieto2021@v1", at: "abstract", grade: "stated" },
  assumptions: { adaptive: "each weight's step is divided by the size of its own gradients" },
  grid: { depth: [24] },
  experiment: ({ depth }) => train("mini-batch-adam", { depth }),
  against: ({ depth }) => train("mini-batch-descent", { depth }),
  prediction: {
    says: "differs-by-at-least",
    statistic: "proportion",
    of: "learns",
    bound: 0.5,
    because: "24 less 1 of 24 tuning networks",
    expected: { value: 0.9 },
  },
  rivals: [{ value: 0, because: "no difference" }],
  controls: [
    {
      breaks: "adaptive",
      because: "momentum trains one in six",
      experiment: ({ depth }) => train("mini-batch-momentum", { depth }),
      expected: { value: 0.1 },
      replicates: { smoke: 8, full: 208 },
    },
  ],
  tiers: {
    smoke: { replicates: 16 },
    full: { replicates: 96 },
    deep: { replicates: 512, bound: 0.7, because: "24 less 1 of 24 tuning networks" },
  },
});
