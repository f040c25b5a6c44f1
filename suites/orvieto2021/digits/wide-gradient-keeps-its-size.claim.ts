import { defineClaim } from "../../../src/claim/claim.ts";
import { gradient } from "./classifiers.ts";

export default defineClaim({
  id: "orvieto2021/digits/wide-gradient-keeps-its-size",
  title: "On real digits the first layer's gradient keeps its size where width grows with depth",
  statement: String.raw`Along $d = 2L$ the median of $\ln\|\nabla_{W_1}\|$ of the cross-entropy changes by less than 0.3 from $L = 16$ to $L = 32$.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { proportional: "width grows in proportion to depth" },
  grid: { depth: [32] },
  experiment: ({ depth }) => gradient(2 * depth, depth),
  against: ({ depth }) => gradient(depth, depth / 2),
  prediction: {
    says: "differs-by",
    statistic: "median",
    of: "logGradientFirst",
    value: 0,
    within: 0.3,
    because: "a fifth of what fixed width loses over the same layers; simulation gives -0.07 +- 0.03",
    expected: { value: -0.07, spread: 0.5 },
  },
  rivals: [{ value: -16 * 0.088, because: "the loss at fixed width 16, half of 16 m(16)" }],
  controls: [
    {
      breaks: "proportional",
      because: "at width 16 the gradient at depth 32 is e^-1.6 of that along d = 2L at depth 16",
      experiment: ({ depth }) => gradient(16, depth),
      expected: { value: -1.58, spread: 1.33 },
      replicates: { smoke: 48, full: 640 },
    },
  ],
  tiers: {
    smoke: { replicates: 48 },
    full: { replicates: 1024 },
    deep: { replicates: 3584, within: 0.2, because: "a seventh of what fixed width loses over the same layers" },
  },
});
