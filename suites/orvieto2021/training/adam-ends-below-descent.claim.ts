import { defineClaim } from "../../../src/claim/claim.ts";
import { train } from "./arms.ts";

export default defineClaim({
  id: "orvieto2021/training/adam-ends-below-descent",
  title: "A training by Adam ends with less loss than one by descent, in four of five pairs",
  statement:
    "Of two networks of width 16 and depth 24, each trained on 64 digits of its own by 400 steps on mini-batches of 16 at its method's best rate of the tuning grid, the one trained by Adam ends with the larger loss in fewer than one of five pairs: Adam beats stochastic gradient descent.",
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { adaptive: "each weight's step is divided by the size of its own gradients" },
  grid: { depth: [24] },
  experiment: ({ depth }) => train("mini-batch-adam", { depth }),
  against: ({ depth }) => train("mini-batch-descent", { depth }),
  prediction: {
    says: "at-most",
    statistic: "superiority",
    of: "endLoss",
    bound: 0.2,
    because: "one pair in forty of 24 networks a method that no claim sees; momentum loses one in two",
    expected: { value: 0.03 },
  },
  rivals: [{ value: 0.5, because: "neither is ahead" }],
  controls: [
    {
      breaks: "adaptive",
      because: "momentum ends where descent does, and has the larger loss in every other pair",
      experiment: ({ depth }) => train("mini-batch-momentum", { depth }),
      expected: { value: 0.5 },
      replicates: { smoke: 8, full: 160 },
    },
  ],
  tiers: {
    smoke: { replicates: 16 },
    full: { replicates: 192 },
    deep: { replicates: 768, bound: 0.1, because: "four times the share of the pilot" },
  },
});
