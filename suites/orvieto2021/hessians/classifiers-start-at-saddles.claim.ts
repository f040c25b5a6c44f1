import { defineClaim } from "../../../src/claim/claim.ts";
import { classifier } from "./networks.ts";

export default defineClaim({
  id: "orvieto2021/hessians/classifiers-start-at-saddles",
  title: "On real digits every start is a saddle: the loss bends down in some direction",
  statement: String.raw`At widths 8 and 16 and depth 16 at least 98 % of the living He-initialised networks have $\lambda_{\min} < -10^{-3} \|\nabla^2 \mathcal L\|$ on a batch of digits.`,
  source: { paper: "orvieto2021@v1", at: "abstract", grade: "stated" },
  assumptions: { hiddenLayers: "there are hidden layers" },
  grid: { width: [8, 16] },
  experiment: ({ width }) => classifier(width, 16),
  prediction: {
    says: "at-least",
    statistic: "proportion",
    of: "saddle",
    given: "alive",
    bound: 0.98,
    because: "one in fifty; in 1,100 simulated networks none was without",
    expected: { value: 1, counts: ({ width }) => (width === 8 ? 0.98 : 1) },
  },
  rivals: [{ value: 0.5, because: "as often a saddle as not" }],
  controls: [
    {
      breaks: "hiddenLayers",
      because: "without a hidden layer the cross-entropy is convex",
      experiment: ({ width }) => classifier(width, 1),
      grid: { width: [8] },
      expected: { value: 0, counts: 1 },
      replicates: { smoke: 32, full: 32 },
    },
  ],
  tiers: {
    smoke: { replicates: 48, grid: { width: [8] } },
    full: { replicates: 704 },
    deep: { replicates: 2560, bound: 0.993, because: "seven in a thousand" },
  },
});
