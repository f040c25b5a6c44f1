import { gradientScaling } from "../../../benchmarks/optimisers/gradient-scaling.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { multilayerPerceptron } from "../../../src/lab/networks/multilayer-perceptron.ts";
import { heNormal } from "../../../src/lab/networks/network.ts";
import { adagrad, adam, normalised, rmsprop } from "./optimisers.ts";

const METHODS = { normalised, rmsprop: rmsprop(), adam: adam(), adagrad: adagrad() } as const;
const WIDTH = 8;

/** All gradients a millionth, their noise with them or not; noise of a tenth of the cotangent in each entry. */
const scaled = (method: keyof typeof METHODS, depth: number, noiseScales: boolean) =>
  gradientScaling(
    multilayerPerceptron({
      widths: [...new Array<number>(depth).fill(WIDTH), 1],
      activation: "relu",
      init: heNormal,
    }),
    { optimiser: METHODS[method], steps: 50, factor: 2 ** -20, noise: 0.1, noiseScales },
  );

export default defineClaim({
  id: "orvieto2021/adaptive/noise-must-scale-with-the-loss",
  title: "With noise that shrinks with the gradient, adaptive steps stay the same bytes",
  statement:
    "On ReLU networks with gradient noise, normalised descent, RMSProp, Adam and Adagrad take the same steps, byte for byte, when gradients and their noise are both multiplied by $2^{-20}$; with noise of a fixed size they do not.",
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: {
    noiseScales: "the noise of the gradient is proportional to it, as where both come from the same examples",
  },
  grid: { method: ["normalised", "rmsprop", "adam", "adagrad"], depth: [10, 20, 40] },
  experiment: ({ method, depth }) => scaled(method, depth, true),
  prediction: {
    says: "is-byte-equal",
    of: "differingBytes",
    because: "the noisy gradient is multiplied by a power of two, which no later quotient shows",
  },
  controls: [
    {
      breaks: "noiseScales",
      because: "noise of a fixed size rules the steps once the gradient is a millionth",
      experiment: ({ method, depth }) => scaled(method, depth, false),
      grid: { depth: [20] },
      expected: { value: 1000 },
      replicates: { smoke: 8, full: 32 },
    },
  ],
  tiers: {
    smoke: { replicates: 8, grid: { depth: [20] } },
    full: { replicates: 32, grid: { depth: [10, 20] } },
    deep: { replicates: 128 },
  },
});
