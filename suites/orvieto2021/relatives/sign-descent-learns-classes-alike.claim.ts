import { defineClaim } from "../../../src/claim/claim.ts";
import { byDescent, bySign, CLASSES, SHARES } from "./classes.ts";

export default defineClaim({
  id: "orvieto2021/relatives/sign-descent-learns-classes-alike",
  title: "Sign descent learns all classes in the same time, however rare",
  statement:
    "In softmax regression the losses of all classes are equal at every step of sign descent, whatever their shares.",
  source: { paper: "kunstner2024@v1", at: "abstract", grade: "stated" },
  assumptions: { signOnly: "only the sign of the gradient is used" },
  grid: { classes: CLASSES },
  experiment: ({ classes }) => bySign(SHARES[classes]),
  prediction: {
    says: "is-identity",
    of: "lossesApart",
    bound: 1e-12,
    because: "equal but for rounding: sums of exponentials in another order, a few units of 1e-16",
  },
  controls: [
    {
      breaks: "signOnly",
      because: "gradient descent leaves the rarest class' loss more than ten times as large",
      experiment: ({ classes }) => byDescent(classes),
      expected: { value: 0.95 },
      replicates: { smoke: 1, full: 1 },
    },
  ],
  tiers: {
    smoke: { replicates: 1, grid: { classes: ["four"] } },
    full: { replicates: 1, grid: { classes: ["four", "ten by Zipf's law"] } },
    deep: { replicates: 1 },
  },
});
