import { defineClaim } from "../../../src/claim/claim.ts";
import { byDescent, bySign, CLASSES, SHARES } from "./classes.ts";

export default defineClaim({
  id: "orvieto2021/relatives/rare-classes-are-learnt-late-by-descent",
  title: "Gradient descent learns a class in a time inverse to its share",
  statement: String.raw`In softmax regression the loss of class $k$ of $c$ with share $\pi_k$ falls as $\frac{c-1}{c}\,\frac{1}{\pi_k t}$: a class that is ten times as rare takes ten times as long.`,
  source: { paper: "kunstner2024@v1", at: "abstract", grade: "stated" },
  assumptions: { gradientMagnitude: "steps are proportional to the gradient" },
  grid: { classes: CLASSES },
  experiment: ({ classes }) => byDescent(classes),
  prediction: {
    says: "is-identity",
    of: "rateOff",
    bound: 0.1,
    because: "a tenth of the value: at these times the rarest class is within 0.075 of the limit",
  },
  controls: [
    {
      breaks: "gradientMagnitude",
      because: "sign descent brings all losses down exponentially, whatever the shares",
      experiment: ({ classes }) => bySign(SHARES[classes]),
      expected: { value: 0.75 },
      replicates: { smoke: 1, full: 1 },
    },
  ],
  tiers: {
    smoke: { replicates: 1, grid: { classes: ["four"] } },
    full: { replicates: 1, grid: { classes: ["four", "ten by Zipf's law"] } },
    deep: { replicates: 1 },
  },
});
