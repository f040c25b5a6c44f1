import type { BatchLaw } from "../../../../src/lab/contract/model-request.ts";
import { drawModelBatch } from "../../../../src/lab/draws/draw-model-batch.ts";
import { drawParameters } from "../../../../src/lab/draws/draw-parameters.ts";
import { type PlacedLayer, parameterCount, placeLayers, sizeOf } from "../../../../src/lab/networks/layered-network.ts";
import type { ImageShape, LayeredNetwork } from "../../../../src/lab/networks/network.ts";
import { fillGaussian } from "../../../../src/numerics/random.ts";
import type { StreamKey } from "../../../../src/numerics/stream.ts";

/** What every operation's result goes through, and what of a curved activation's: the identity in exact arithmetic. */
export interface Rounder {
  readonly round: (x: number) => number;
  readonly curve: (x: number) => number;
}

export const EXACT: Rounder = { round: (x) => x, curve: (x) => x };

/** Each operation rounded to nearest, curves off by up to `units` of 2^-24 in a way that is a function of their value. */
export function float32(units: number): Rounder {
  const off = (y: number) => Math.sin(1e9 * y) * (units - 1) * 2 ** -24;
  return { round: Math.fround, curve: (y) => Math.fround(y * (1 + off(Math.fround(y)))) };
}

/** Every operation gives a hundred units of 2^-24 too little. */
export const SHORT: Rounder = { round: (x) => x * (1 - 100 * 2 ** -24), curve: (y) => y * (1 - 100 * 2 ** -24) };

/** So many significant bits and no more, to nearest (Veltkamp's splitting). */
export function ofBits(bits: number): Rounder {
  const round = (x: number) => {
    const c = x * (2 ** (53 - bits) + 1);
    return c - (c - x);
  };
  return { round, curve: round };
}

export interface Sizes {
  /** ln of the mean of ||h||^2 and of the sum of ||dLoss/dh||^2, one a point. */
  readonly logForward: readonly number[];
  readonly logBackward: readonly number[];
  /** ln ||dLoss/dW||^2 of each array of weights. */
  readonly logWeights: readonly number[];
  readonly outputs: readonly number[];
  /** Of every unit with a kink whether it is above it. */
  readonly masks: readonly boolean[];
}

type Numbers = number[];

interface Applied {
  readonly output: Numbers;
  readonly back: (g: Numbers) => Numbers;
}

interface Program {
  readonly batch: number;
  readonly rounder: Rounder;
  readonly parameters: Numbers;
  /** Squared norms of the weights' gradients, by their place in the parameters. */
  readonly weights: Map<number, number>;
  readonly masks: boolean[];
}

/**
 * Sizes of one replicate's signals and gradients under a squared loss, in plain loops, layer by layer by its own formula. `spoil`
 * may change the parameters. Shares the draws with the engines and nothing else.
 */
export function naiveSizes(
  network: LayeredNetwork,
  batch: BatchLaw,
  replicate: { readonly key: StreamKey; readonly index: number },
  rounder: Rounder,
  spoil: (parameters: Float64Array) => void = () => undefined,
): Sizes {
  const { round } = rounder;
  const layers = placeLayers(network);
  const drawn = new Float64Array(parameterCount(network));
  drawParameters(network, replicate.key, replicate.index, drawn, 0);
  spoil(drawn);
  const [inputSize, outputSize] = [sizeOf(network.input), sizeOf(layers.at(-1)!.output)];
  const values = new Float64Array(batch.size * (inputSize + outputSize));
  const targets = batch.size * inputSize;
  drawModelBatch(batch, undefined, replicate.key, replicate.index, {
    ...{ values, inputs: 0, targets, inputSize, outputSize },
    gaussians: (stream, from, to) => fillGaussian(stream, values, from, to),
  });
  const weights = new Map<number, number>();
  const masks: boolean[] = [];
  const program = { batch: batch.size, rounder, parameters: Array.from(drawn, round), weights, masks };
  const points = [Array.from(values.subarray(0, targets), round)];
  const applied: Applied[] = [];
  for (const layer of layers) {
    applied.push(apply(program, layer, points.at(-1)!));
    points.push(applied.at(-1)!.output);
  }
  const share = round(1 / batch.size);
  let g = points.at(-1)!.map((x, at) => round(share * round(x - round(values[targets + at]!))));
  const logBackward = [logSquare(g)];
  for (const { back } of applied.toReversed()) {
    g = back(g);
    logBackward.unshift(logSquare(g));
  }
  return {
    logForward: points.map((point) => logSquare(point) - Math.log(batch.size)),
    logBackward,
    logWeights: [...weights].sort(([one], [other]) => one - other).map(([, square]) => Math.log(square)),
    outputs: points.at(-1)!,
    masks,
  };
}

function logSquare(values: Numbers): number {
  return Math.log(values.reduce((sum, value) => sum + value * value, 0));
}

function apply(program: Program, layer: PlacedLayer, x: Numbers): Applied {
  const { description } = layer;
  switch (description.kind) {
    case "dense":
      return dense(program, layer, x);
    case "convolution":
      return convolution(program, layer, x);
    case "activation":
      return activation(program, description.activation, x);
    case "batch-normalisation":
    case "layer-normalisation":
      return normalisation(program, layer, description.epsilon, x);
    case "multiplier": {
      const alpha = program.parameters[layer.arrays[0]!.offset]!;
      const { round } = program.rounder;
      return {
        output: x.map((value) => round(alpha * value)),
        back: (g) => g.map((value) => round(alpha * value)),
      };
    }
    case "residual":
      return residual(program, layer, description.scale, x);
  }
}

function residual(program: Program, layer: PlacedLayer, factor: number, x: Numbers): Applied {
  const { round } = program.rounder;
  const scale = round(factor);
  const inside: Applied[] = [];
  for (const each of layer.branch) inside.push(apply(program, each, inside.at(-1)?.output ?? x));
  return {
    output: inside.at(-1)!.output.map((value, at) => round(x[at]! + round(scale * value))),
    back(g) {
      const start = g.map((value) => round(scale * value));
      const through = inside.toReversed().reduce((values, { back }) => back(values), start);
      return through.map((value, at) => round(g[at]! + value));
    },
  };
}

function dense(
  { batch, rounder: { round }, parameters, weights }: Program,
  { arrays }: PlacedLayer,
  x: Numbers,
): Applied {
  const { rows, columns, offset } = arrays[0]!;
  const bias = arrays[1]?.offset;
  const w = (row: number, column: number) => parameters[offset + row * columns + column]!;
  const sum = (count: number, term: (at: number) => number) => {
    let total = 0;
    for (let at = 0; at < count; at++) total = round(total + round(term(at)));
    return total;
  };
  const all = (width: number, value: (example: number, at: number) => number) =>
    Array.from({ length: batch * width }, (_, at) => value(Math.floor(at / width), at % width));
  return {
    output: all(rows, (example, row) => {
      const z = sum(columns, (column) => w(row, column) * x[example * columns + column]!);
      return bias === undefined ? z : round(z + parameters[bias + row]!);
    }),
    back(g) {
      let square = 0;
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          square += sum(batch, (example) => g[example * rows + row]! * x[example * columns + column]!) ** 2;
        }
      }
      weights.set(offset, square);
      return all(columns, (example, column) => sum(rows, (row) => w(row, column) * g[example * rows + row]!));
    },
  };
}

/** Place by place, kernel number by kernel number. */
function convolution(program: Program, layer: PlacedLayer, x: Numbers): Applied {
  const { batch, parameters, weights } = program;
  const { round } = program.rounder;
  const { description, arrays } = layer;
  if (description.kind !== "convolution") throw new TypeError("a convolution is required");
  const { channels: inputs, height, width } = layer.input as ImageShape;
  const { rows: channels, columns, offset } = arrays[0]!;
  const { size, padding } = description;
  const bias = arrays[1]?.offset;
  const reach = (size - 1) / 2;
  const places = height * width;
  /** Every product that a pass has: number of the output, of the kernel and of the input. */
  const products: (readonly [number, number, number])[] = [];
  for (let example = 0; example < batch; example++) {
    for (let channel = 0; channel < channels; channel++) {
      for (let place = 0; place < places; place++) {
        for (let k = 0; k < columns; k++) {
          const row = Math.floor(place / width) + (Math.floor(k / size) % size) - reach;
          const across = (place % width) + (k % size) - reach;
          const isOutside = row < 0 || row >= height || across < 0 || across >= width;
          if (isOutside && padding === "zero") continue;
          const from = ((row + height) % height) * width + ((across + width) % width);
          const input = (example * inputs + Math.floor(k / (size * size))) * places + from;
          products.push([(example * channels + channel) * places + place, offset + channel * columns + k, input]);
        }
      }
    }
  }
  const output = new Array<number>(batch * channels * places).fill(0);
  for (const [to, kernel, from] of products) output[to] = round(output[to]! + round(parameters[kernel]! * x[from]!));
  if (bias !== undefined) {
    for (const at of output.keys())
      output[at] = round(output[at]! + parameters[bias + (Math.floor(at / places) % channels)]!);
  }
  return {
    output,
    back(g) {
      const back = new Array<number>(x.length).fill(0);
      const kernels = new Map<number, number>();
      for (const [to, kernel, from] of products) {
        back[from] = round(back[from]! + round(parameters[kernel]! * g[to]!));
        kernels.set(kernel, round((kernels.get(kernel) ?? 0) + round(x[from]! * g[to]!)));
      }
      weights.set(
        offset,
        [...kernels.values()].reduce((sum, value) => sum + value * value, 0),
      );
      return back;
    },
  };
}

function activation({ rounder: { round, curve }, masks }: Program, name: unknown, z: Numbers): Applied {
  if (name === "linear") return { output: z, back: (g) => g };
  if (name === "tanh" || name === "sigmoid") {
    const y = z.map((value) => curve(name === "tanh" ? Math.tanh(value) : 1 / (1 + Math.exp(-value))));
    const slope = (value: number) =>
      name === "tanh" ? round(1 - round(value * value)) : round(value * round(1 - value));
    return { output: y, back: (g) => g.map((value, at) => round(value * slope(y[at]!))) };
  }
  const below = name === "relu" ? 0 : round((name as { readonly leakySlope: number }).leakySlope);
  masks.push(...z.map((value) => value > 0));
  const slopes = z.map((value) => (value > 0 ? 1 : below));
  return {
    output: z.map((value, at) => round(value * slopes[at]!)),
    back: (g) => g.map((value, at) => round(value * slopes[at]!)),
  };
}

/** Group by group: the mean away, then over the root of the mean square, and the chain rule back through each. */
function normalisation(
  { batch, rounder: { round } }: Program,
  layer: PlacedLayer,
  epsilon: number,
  x: Numbers,
): Applied {
  const size = sizeOf(layer.input);
  const places = typeof layer.input === "number" ? 1 : layer.input.height * layer.input.width;
  const groupOf = (at: number) =>
    layer.description.kind === "layer-normalisation" ? Math.floor(at / size) : Math.floor((at % size) / places);
  const groups = new Map<number, number[]>();
  for (let at = 0; at < batch * size; at++) groups.set(groupOf(at), [...(groups.get(groupOf(at)) ?? []), at]);
  const meanOf = (values: Numbers) => round(values.reduce((sum, value) => round(sum + value), 0) / values.length);
  const output = new Array<number>(x.length);
  const backs: ((g: Numbers, into: Numbers) => void)[] = [];
  for (const at of groups.values()) {
    const mean = meanOf(at.map((place) => x[place]!));
    const deviations = at.map((place) => round(x[place]! - mean));
    const root = round(Math.sqrt(round(meanOf(deviations.map((d) => round(d * d))) + round(epsilon))));
    for (const [i, place] of at.entries()) output[place] = round(deviations[i]! / root);
    backs.push((g, into) => {
      const toRoot = at.reduce((sum, place, i) => round(sum + round(g[place]! * deviations[i]!)), 0);
      const toVariance = round(-round(toRoot / round(root * root)) / round(2 * root));
      const share = round(toVariance / at.length);
      const toDeviations = at.map((place, i) =>
        round(round(g[place]! / root) + round(share * round(2 * deviations[i]!))),
      );
      const toMean = meanOf(toDeviations);
      for (const [i, place] of at.entries()) into[place] = round(toDeviations[i]! - toMean);
    });
  }
  return {
    output,
    back(g) {
      const into = new Array<number>(g.length);
      for (const back of backs) back(g, into);
      return into;
    },
  };
}
