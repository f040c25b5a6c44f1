import type { Engine } from "../../../../src/lab/contract/engine.ts";
import type { Activation } from "../../../../src/lab/networks/network.ts";
import { nextUniform, openStream } from "../../../../src/numerics/random.ts";
import { LANES } from "../../../../src/numerics/stream.ts";
import type { Arithmetic } from "../check.ts";
import type { Matrix } from "./draws.ts";
import { apply, logNormErrors, squaredNorm, transpose } from "./linear-chain.ts";
import { drawWeights, passForward, pictureOf, type Slope, slopeAt, toUnit } from "./pass.ts";

type Request = Parameters<Engine["propagateBatch"]>[0];

/** Different pictures, drawn again until new. */
export function pickPictures({ data, batch, streams }: Request, replicate: number): readonly number[] {
  const stream = openStream(streams.key, replicate, LANES.choice);
  const picks = new Set<number>();
  while (picks.size < batch) picks.add(Math.floor(nextUniform(stream) * data.labels.length));
  return [...picks];
}

/** What `propagateBatch` is to give for one replicate: medians over the pairs whose representations are not zero. */
export function naiveAngles(request: Request, replicate: number, slope: Slope = slopeAt) {
  const { network, data, streams } = request;
  const weights = drawWeights(network, streams.key, replicate);
  const inputs = pickPictures(request, replicate).map((picture) => toUnit(pictureOf(data, picture)));
  const activations = weights.map(() => network.activation);
  const outputs = inputs.map((input) => passForward(weights, activations, input, slope).hidden.at(-1)!);
  const nonZero = outputs.map((output) => squaredNorm(output) > 0);
  const survivors = nonZero.filter(Boolean).length;
  const counted = inputs.flatMap((_, at) => (survivors < 2 || nonZero[at] ? [at] : []));
  const distances = survivors < 2 ? [0] : pairsOf(counted.map((at) => toUnit(outputs[at]!)));
  return {
    logOneMinusCosine: median(distances.map(Math.log)),
    collapsed: distances.filter((distance) => distance === 0).length / distances.length,
    inputOneMinusCosine: median(pairsOf(counted.map((at) => inputs[at]!))),
    alive: survivors === request.batch ? 1 : 0,
    /** The lower of the distances that make the median. */
    middle: distances.toSorted((a, b) => a - b)[(distances.length - 1) >> 1]!,
  };
}

const pairsOf = (vectors: readonly (readonly number[])[]): readonly number[] =>
  vectors.flatMap((u, at) => vectors.slice(at + 1).map((v) => squaredNorm(u.map((x, unit) => x - v[unit]!)) / 2));

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(half)]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** ln of the norms of the gradients of the mean cross-entropy, and bounds on the error of each (see `example`). */
export function naiveLossGradients(
  request: Request,
  replicate: number,
  arithmetic: Arithmetic,
  slope: Slope = slopeAt,
) {
  const { network, data, streams, batch } = request;
  const weights = drawWeights(network, streams.key, replicate);
  const activations = weights.map(
    (_, layer): Activation => (layer === weights.length - 1 ? "linear" : network.activation),
  );
  const examples = pickPictures(request, replicate).map((picture) => {
    const pass = passForward(weights, activations, toUnit(pictureOf(data, picture)), slope);
    return exampleOf(pass.masked, pass.hidden, weights, data.labels[picture]!, arithmetic);
  });
  return weights.map((matrix, layer) => {
    const sum = matrix.map((row, unit) =>
      row.map(
        (_, column) => examples.reduce((total, { gradients }) => total + gradients[layer]![unit]![column]!, 0) / batch,
      ),
    );
    const norm = Math.sqrt(squaredNorm(sum.flat()));
    const error =
      examples.reduce((total, { sizes, errors }) => total + sizes[layer]! * errors[layer]!, 0) / batch / norm;
    return { log: Math.log(norm), error: norm === 0 ? 0 : 2 * error + (batch + 12) * 4 * arithmetic.unit };
  });
}

/**
 * One example's gradients, their norms, and the relative error of each: half of the squared norms' of both passes, and the
 * softmax's: an error of the logits moves probabilities by twice as much, relative, and p - 1 has an absolute error of one unit.
 */
function exampleOf(
  masked: readonly Matrix[],
  hidden: readonly (readonly number[])[],
  weights: readonly Matrix[],
  label: number,
  arithmetic: Arithmetic,
) {
  const depth = weights.length;
  const logits = hidden[depth]!;
  const largest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - largest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  const wrong = powers.reduce((sum, power, k) => (k === label ? sum : sum + power), 0) / total;
  const top = powers.map((power, k) => (k === label ? -wrong : power / total));
  const forward = logNormErrors(masked, hidden[0]!, arithmetic);
  const up = Array.from({ length: depth }, (_, step) => transpose(masked[depth - 1 - step]!));
  const back = logNormErrors(up, top, arithmetic);
  const softmax =
    2 * Math.max(...logits.map(Math.abs)) * (forward[depth - 1] ?? 0) +
    (8 * arithmetic.unit) / Math.sqrt(squaredNorm(top));
  const gradients: Matrix[] = [];
  const errors: number[] = [];
  let delta: readonly number[] = top;
  for (let layer = depth - 1; layer >= 0; layer--) {
    const input = hidden[layer]!;
    gradients.unshift(delta.map((value) => input.map((x) => value * x)));
    errors.unshift(
      (forward[layer - 1] ?? 8 * input.length * arithmetic.unit) + (back[depth - layer - 1] ?? 0) + softmax,
    );
    if (layer === 0) break;
    const below = apply(transpose(weights[layer]!), delta);
    delta = below.map((value, unit) => value * slopeOfRow(masked[layer - 1]![unit]!, weights[layer - 1]![unit]!));
  }
  const sizes = gradients.map((gradient) => Math.sqrt(squaredNorm(gradient.flat())));
  return { gradients, sizes, errors: errors.map((error, layer) => (sizes[layer] === 0 ? 0 : error)) };
}

function slopeOfRow(masked: readonly number[], weights: readonly number[]): number {
  const column = weights.findIndex((weight) => weight !== 0);
  return masked[column]! / weights[column]!;
}
