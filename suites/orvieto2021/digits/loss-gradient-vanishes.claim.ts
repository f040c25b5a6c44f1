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
    because:
      "about half of m(16)/2 = -0.088, the rate of the norm itself; simulation gives -0.075, and -0.007 along d = 2L",
    expected: { value: ({ depth }) => -1.15 - 0.0745 * depth, spread: ({ depth }) => 0.25 * Math.sqrt(depth) },
  },
  rivals: [{ value: 0, because: "no vanishing, as the expectation has it" }],
  controls: [
    {
      breaks: "narrow",
      because: "along d = 2L the gradient hardly changes",
      experiment: ({ depth }) => gradient(2 * depth, depth),
      grid: { depth: [16, 32] },
      expected: { value: ({ depth }) => -1.77 - 0.0068 * depth, spread: 0.52 },
      replicates: { smoke: 32, full: 384 },
    },
  ],
  tiers: {
    smoke: { replicates: 96 },
    full: { replicates: 384 },
    deep: {
      replicates: 1024,
      bound: -0.05,
      because: "two thirds of the simulated rate, seven times that along d = 2L",
    },
  },
});
