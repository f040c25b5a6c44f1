import { hessianSpectrum } from "../../../benchmarks/hessians/hessian-spectrum.ts";
import { lossCurvature } from "../../../benchmarks/hessians/loss-curvature.ts";
import { multilayerPerceptron } from "../../../src/lab/networks/multilayer-perceptron.ts";
import { type Activation, heNormal, xavierNormal } from "../../../src/lab/networks/network.ts";
import { residualNetwork } from "../../../src/lab/networks/residual-network.ts";
import { mnistDigits } from "../digits/mnist-digits.ts";

const PIXELS = 784;
const CLASSES = 10;
/** Digits in a batch: enough that no class is missing for long, few enough for a Hessian. */
const DIGITS = 16;
/** Lanczos steps: the extreme eigenvalues' relative residual is then below 1e-9 in most networks, at most 1e-2 in shallow wide ones. */
const ITERATIONS = 16;

/** One input on the sphere, one output, squared loss to the target 1. */
const ONE_EXAMPLE = {
  loss: "squared",
  batch: { size: 1, inputs: "sphere", targets: { constant: 1 } },
  iterations: ITERATIONS,
} as const;

/** Mean cross-entropy over a batch of real digits, each divided by its norm. */
const ON_DIGITS = {
  loss: "cross-entropy",
  batch: { size: DIGITS, inputs: "pictures", targets: "labels" },
  iterations: ITERATIONS,
  pictures: mnistDigits,
} as const;

/** `depth` weight matrices of one width, the last to one output. */
export const regression = (width: number, depth: number, activation: Activation) =>
  lossCurvature(perceptron(width, depth, activation), ONE_EXAMPLE);

const perceptron = (width: number, depth: number, activation: Activation) =>
  multilayerPerceptron({
    widths: [...new Array<number>(depth).fill(width), 1],
    activation,
    init: activation === "linear" ? xavierNormal : heNormal,
  });

/** All eigenvalues of the same with ReLU; depth 1 is a linear model, whose loss is convex. */
export const spectrum = (width: number, depth: number) => hessianSpectrum(perceptron(width, depth, "relu"));

/** All eigenvalues of a linear one. */
export const linearSpectrum = (width: number, depth: number) => hessianSpectrum(perceptron(width, depth, "linear"));

/** `depth` residual blocks, each branch scaled by 1 / sqrt(depth), and an output. */
export const residualRegression = (width: number, depth: number) =>
  lossCurvature(
    residualNetwork({
      width,
      depth,
      activation: "relu",
      init: heNormal,
      scale: "1/sqrt(L)",
      matrices: 1,
      outputs: 1,
    }),
    ONE_EXAMPLE,
  );

const onPixels = (width: number, depth: number) => ({
  widths: [PIXELS, ...new Array<number>(depth - 1).fill(width), CLASSES],
  activation: "relu" as const,
  init: heNormal,
});

/** A ReLU classifier of digits with `depth` weight matrices; depth 1 is a linear model, whose loss is convex. */
export const classifier = (width: number, depth: number) =>
  lossCurvature(multilayerPerceptron(onPixels(width, depth)), ON_DIGITS);

/** The same with batch normalisation before each activation. */
export const normalisedClassifier = (width: number, depth: number) =>
  lossCurvature(
    multilayerPerceptron({
      ...onPixels(width, depth),
      normalisation: { kind: "batch-normalisation", epsilon: 0 },
    }),
    ON_DIGITS,
  );

/** A linear layer from the pixels, `depth` residual blocks with branches scaled by 1 / sqrt(depth), a linear layer to the classes. */
export const residualClassifier = (width: number, depth: number) => {
  const blocks = residualNetwork({
    width,
    depth,
    activation: "relu",
    init: heNormal,
    scale: "1/sqrt(L)",
    matrices: 1,
    outputs: CLASSES,
  });
  const first = { kind: "dense", width, bias: "none" } as const;
  return lossCurvature({ ...blocks, input: PIXELS, layers: [first, ...blocks.layers] }, ON_DIGITS);
};
