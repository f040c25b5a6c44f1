import { homogeneity } from "../../../benchmarks/hessians/homogeneity.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { multilayerPerceptron } from "../../../src/lab/networks/multilayer-perceptron.ts";
import { type Activation, type SmoothActivation, xavierNormal } from "../../../src/lab/networks/network.ts";

const small = (depth: number, activation: Activation | SmoothActivation) =>
  homogeneity(
    multilayerPerceptron({ widths: [...new Array<number>(depth).fill(3), 1], activation, init: xavierNormal }),
  );

export default defineClaim({
  id: "orvieto2021/hessians/trace-is-the-gradient-part",
  title: "The curvature that is not Gauss-Newton's has no trace: it bends down as it bends up",
  statement: String.raw`For networks that are linear in each layer, masks kept, $\mathrm{tr}\,\nabla^2 f = 0$: the trace of the loss's Hessian is $\|\nabla f\|^2$, so that it vanishes at twice the gradient's rate.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { piecewiseLinear: "the activation is piecewise linear" },
  grid: { activation: ["linear", "relu"], depth: [3, 6, 9] },
  experiment: ({ activation, depth }) => small(depth, activation),
  prediction: {
    says: "is-identity",
    of: "traceOff",
    bound: 1e-10,
    because:
      "rounding: 100 eigenvalues, each to some 100 roundings of the largest, 1e-16 each, times a condition of products of up to nine matrices below 1e4",
  },
  controls: [
    {
      breaks: "piecewiseLinear",
      because: "tanh is curved: each weight has a second derivative of its own",
      experiment: ({ depth }) => small(depth, "tanh"),
      grid: { activation: ["relu"], depth: [3] },
      expected: { value: 0.01 },
      replicates: { smoke: 16, full: 64 },
    },
  ],
  tiers: {
    smoke: { replicates: 16, grid: { depth: [3] } },
    full: { replicates: 64, grid: { depth: [3, 6] } },
    deep: { replicates: 256 },
  },
});
