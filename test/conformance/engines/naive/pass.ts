import type { InputLaw } from "../../../../src/lab/contract/propagation.ts";
import type { Activation, Mlp } from "../../../../src/lab/networks/network.ts";
import type { Dataset } from "../../../../src/numerics/dataset.ts";
import { fillGaussian, nextUniform, openStream } from "../../../../src/numerics/random.ts";
import { LANES, type Lane, type StreamKey } from "../../../../src/numerics/stream.ts";
import { drawMatrix, type Matrix } from "./draws.ts";
import { apply, squaredNorm } from "./linear-chain.ts";

/** One network's forward pass with nothing rescaled: for networks shallow enough that no norm leaves float64. */
export interface NaivePass {
  readonly weights: readonly Matrix[];
  /** Weights with the rows of each layer multiplied by the activation's slope there: h_l = masked_l h_(l-1). */
  readonly masked: readonly Matrix[];
  /** Before the activation, layer by layer. */
  readonly sums: readonly (readonly number[])[];
  /** The input, then what leaves each layer. */
  readonly hidden: readonly (readonly number[])[];
}

/** The slope of an activation at z; the interface says `z > 0`. */
export type Slope = (activation: Activation, z: number) => number;

export const slopeAt: Slope = (activation, z) => {
  if (z > 0 || activation === "linear") return 1;
  return activation === "relu" ? 0 : activation.leakySlope;
};

export function drawWeights(network: Mlp, key: StreamKey, replicate: number): readonly Matrix[] {
  const stream = openStream(key, replicate, LANES.weights);
  return network.widths.slice(1).map((rows, layer) => drawMatrix(network.init, rows, network.widths[layer]!, stream));
}

export function passForward(
  weights: readonly Matrix[],
  activations: readonly Activation[],
  input: readonly number[],
  slope: Slope = slopeAt,
): NaivePass {
  const hidden = [input];
  const sums: (readonly number[])[] = [];
  const masked: Matrix[] = [];
  for (const [layer, matrix] of weights.entries()) {
    const sum = apply(matrix, hidden[layer]!);
    const slopes = sum.map((z) => slope(activations[layer]!, z));
    sums.push(sum);
    masked.push(matrix.map((row, unit) => row.map((weight) => weight * slopes[unit]!)));
    hidden.push(sum.map((z, unit) => z * slopes[unit]!));
  }
  return { weights, masked, sums, hidden };
}

/** The input at its own norm, which is 1 but for a raw image. */
export function inputOf(
  input: InputLaw,
  width: number,
  key: StreamKey,
  replicate: number,
  data?: Dataset,
): readonly number[] {
  if (input.law === "basis") return Array.from({ length: width }, (_, at) => (at === 0 ? 1 : 0));
  if (input.law === "sphere") return directionOf(key, replicate, LANES.input, width);
  const choice = Math.floor(nextUniform(openStream(key, replicate, LANES.choice)) * data!.labels.length);
  const picture = pictureOf(data!, choice);
  return input.law === "raw-image" ? picture : toUnit(picture);
}

export function directionOf(key: StreamKey, replicate: number, lane: Lane, width: number): readonly number[] {
  const draws = new Float64Array(width);
  fillGaussian(openStream(key, replicate, lane), draws, 0, width);
  return toUnit([...draws]);
}

export function pictureOf(data: Dataset, picture: number): readonly number[] {
  return [...data.images.subarray(picture * data.width, (picture + 1) * data.width)];
}

export function toUnit(vector: readonly number[]): readonly number[] {
  const norm = Math.sqrt(squaredNorm(vector));
  return vector.map((value) => value / norm);
}
