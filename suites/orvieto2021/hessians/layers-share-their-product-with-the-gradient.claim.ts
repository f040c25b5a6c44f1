import { homogeneity } from "../../../benchmarks/hessians/homogeneity.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { multilayerPerceptron } from "../../../src/lab/networks/multilayer-perceptron.ts";
import { type Activation, type Bias, xavierNormal } from "../../../src/lab/networks/network.ts";

const small = (depth: number, activation: Activation, bias: Bias = "none") =>
  homogeneity(
    multilayerPerceptron({ widths: [...new Array<number>(depth).fill(3), 1], activation, init: xavierNormal, bias }),
  );

export default defineClaim({
  id: "orvieto2021/hessians/layers-share-their-product-with-the-gradient",
  title: "Without biases every layer has the same product of weights and gradient",
  statement: String.raw`$\langle W_l, \nabla_{W_l} f\rangle = f$ for every layer $l$ (Euler): where the output vanishes so do all gradients, no layer's alone. Biases break it.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { noBiases: "layers have no biases" },
  grid: { activation: ["linear", "relu"], depth: [3, 6, 9] },
  experiment: ({ activation, depth }) => small(depth, activation),
  prediction: {
    says: "is-identity",
    of: "eulerOff",
    bound: 1e-10,
    because:
      "rounding: some 100 operations of 1e-16 each, times a condition of products of up to nine matrices below 1e4",
  },
  controls: [
    {
      breaks: "noBiases",
      because: "a bias reaches the output past the weights before it",
      experiment: ({ activation, depth }) => small(depth, activation, { standardDeviation: 1 }),
      grid: { activation: ["linear"], depth: [3] },
      expected: { value: 0.5 },
      replicates: { smoke: 16, full: 64 },
    },
  ],
  tiers: {
    smoke: { replicates: 16, grid: { depth: [3] } },
    full: { replicates: 64, grid: { depth: [3, 6] } },
    deep: { replicates: 256 },
  },
});
