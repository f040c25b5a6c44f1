import { defineClaim } from "../../../src/claim/claim.ts";
import { train } from "./arms.ts";

export default defineClaim({
  id: "orvieto2021/training/adam-learns-where-descent-does-not",
  title: "Adam trains at least half of all deep narrow networks more than descent does",
  statement: String.raw`The share of networks with a loss below $0.7 \ln 10$ after 200 steps is larger by at least one half under Adam than under gradient descent, each at its best rate of the tuning grid.`,
  source: { paper: "orvieto2021@v1", at: "abstract", grade: "stated" },
  assumptions: { adaptive: "each weight's step is divided by the size of its own gradients" },
  grid: { depth: [24] },
  experiment: ({ depth }) => train("adam", { depth }),
  against: ({ depth }) => train("descent", { depth }),
  prediction: {
    says: "differs-by-at-least",
    statistic: "proportion",
    of: "learns",
    bound: 0.5,
    because: "0.9 on the tuning networks",
    expected: { value: 0.92 },
  },
  rivals: [{ value: 0, because: "no difference" }],
  controls: [
    {
      breaks: "adaptive",
      because: "momentum trains one in seven",
      experiment: ({ depth }) => train("momentum", { depth }),
      expected: { value: 0.1 },
      replicates: { smoke: 8, full: 224 },
    },
  ],
  tiers: {
    smoke: { replicates: 16 },
    full: { replicates: 96 },
    deep: { replicates: 512, bound: 0.7, because: "0.9 on the tuning networks" },
  },
});
