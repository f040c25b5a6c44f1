import { defineClaim } from "../../../src/claim/claim.ts";
import { gradient } from "./classifiers.ts";

export default defineClaim({
  id: "orvieto2021/digits/loss-gradient-vanishes",
  title: "On real digits the loss's gradient vanishes with depth in narrow networks",
  statement: String.raw`At width 16 the median of $\ln\|\nabla_{W_1}\|$ of the cross-entropy over a batch of digits falls by more than 0.04 a layer under He's initialisation.`,
  source: { paper: "orvieto2021@v1", at: "abstract", grade: "stated" },
  assumptions: { narrow: "width does not grow with depth" },
  grid: { depth: [16, 32, 64] },
  experiment: ({ depth }) => gradient(16, depth),
  prediction: {
    says: "scales-at-most",
    through: "median",
    of: "logGradientFirst",
    along: { axis: "depth" },
    bound: -0.04,
    because: "half of m(16)/2 = -0.088, the rate of the norm itself; along d = 2L the slope is -0.003",
    shape: { value: ({ depth }) => 2.2 - 0.084 * depth, spread: ({ depth }) => 0.33 * Math.sqrt(depth) },
  },
  rivals: [{ value: 0, because: "no vanishing, as the expectation has it" }],
  controls: [
    {
      breaks: "narrow",
      because: "along d = 2L the gradient hardly changes",
      experiment: ({ depth }) => gradient(2 * depth, depth),
      grid: { depth: [16, 32] },
      shape: { value: ({ depth }) => 1.2 - 0.003 * depth, spread: 0.75 },
      replicates: { smoke: 32, full: 640 },
    },
  ],
  tiers: { smoke: { replicates: 96 }, full: { replicates: 1280 } },
});
