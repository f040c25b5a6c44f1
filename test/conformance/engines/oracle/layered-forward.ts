import type { ImageShape, LayerDescription, LayeredNetwork } from "../../../../src/lab/networks/network.ts";
import {
  constant,
  curved,
  type HyperDual,
  hyperbolicTangent,
  inverseRoot,
  minus,
  plus,
  rectified,
  scaled,
  sum,
  times,
  ZERO,
} from "./hyper-dual.ts";

/** One row an example. */
type Batch = readonly (readonly HyperDual[])[];
type Shape = number | ImageShape;

interface State {
  readonly signal: Batch;
  readonly shape: Shape;
  /** Parameters that no layer has taken yet. */
  readonly rest: readonly HyperDual[];
}

/** Called with the input (0) and what leaves each top-level layer (1, ...); what it gives back goes on. */
export type AtPoint = (point: number, signal: Batch) => Batch;

/** The network by its definition, on nested arrays, layer after layer. */
export function forwardNaively(
  network: LayeredNetwork,
  parameters: readonly HyperDual[],
  inputs: Batch,
  atPoint: AtPoint = (_, signal) => signal,
): Batch {
  let state: State = { signal: atPoint(0, inputs), shape: network.input, rest: parameters };
  for (const [index, layer] of network.layers.entries()) {
    state = apply(layer, state);
    state = { ...state, signal: atPoint(index + 1, state.signal) };
  }
  if (state.rest.length > 0) throw new Error(`the network requires all its parameters, got ${state.rest.length} more`);
  return state.signal;
}

function apply(layer: LayerDescription, state: State): State {
  switch (layer.kind) {
    case "dense":
      return dense(layer, state);
    case "convolution":
      return convolution(layer, state);
    case "activation":
      return { ...state, signal: state.signal.map((row) => row.map((z) => activated(layer.activation, z))) };
    case "batch-normalisation":
      return { ...state, signal: normaliseBatch(state.signal, state.shape, layer.epsilon) };
    case "layer-normalisation":
      return { ...state, signal: state.signal.map((row) => normalised(row, layer.epsilon)) };
    case "multiplier": {
      const [factor, ...rest] = state.rest;
      return { ...state, rest, signal: state.signal.map((row) => row.map((x) => times(factor!, x))) };
    }
    case "residual": {
      const branch = layer.branch.reduce<State>((inner, description) => apply(description, inner), state);
      const add = (x: HyperDual, b: HyperDual) => plus(x, scaled(layer.scale, b));
      const signal = state.signal.map((row, example) => row.map((x, unit) => add(x, branch.signal[example]![unit]!)));
      return { ...state, rest: branch.rest, signal };
    }
  }
}

function dense(layer: Extract<LayerDescription, { kind: "dense" }>, { signal, rest }: State): State {
  const fanIn = signal[0]!.length;
  const weights = rest.slice(0, layer.width * fanIn);
  const left = rest.slice(layer.width * fanIn);
  const bias = layer.bias === "none" ? [] : left.slice(0, layer.width);
  const unit = (row: readonly HyperDual[], output: number) =>
    plus(sum(row.map((x, input) => times(weights[output * fanIn + input]!, x))), bias[output] ?? ZERO);
  return {
    signal: signal.map((row) => range(layer.width).map((output) => unit(row, output))),
    shape: layer.width,
    rest: left.slice(bias.length),
  };
}

function convolution(layer: Extract<LayerDescription, { kind: "convolution" }>, { signal, shape, rest }: State): State {
  if (typeof shape === "number") throw new Error("a convolution requires an image");
  const { channels, height, width } = shape;
  const { size, padding } = layer;
  const count = layer.channels * channels * size * size;
  const left = rest.slice(count);
  const bias = layer.bias === "none" ? [] : left.slice(0, layer.channels);
  const half = (size - 1) / 2;
  const pixel = (image: readonly HyperDual[], channel: number, row: number, column: number) => {
    const inside = row >= 0 && row < height && column >= 0 && column < width;
    if (!inside && padding === "zero") return ZERO;
    return image[(channel * height + ((row + height) % height)) * width + ((column + width) % width)]!;
  };
  const value = (image: readonly HyperDual[], output: number, row: number, column: number) => {
    const terms = range(channels).flatMap((channel) =>
      range(size).flatMap((i) =>
        range(size).map((j) =>
          times(
            rest[((output * channels + channel) * size + i) * size + j]!,
            pixel(image, channel, row + i - half, column + j - half),
          ),
        ),
      ),
    );
    return plus(sum(terms), bias[output] ?? ZERO);
  };
  const transform = (image: readonly HyperDual[]) =>
    range(layer.channels).flatMap((output) =>
      range(height).flatMap((row) => range(width).map((column) => value(image, output, row, column))),
    );
  return {
    signal: signal.map(transform),
    shape: { ...shape, channels: layer.channels },
    rest: left.slice(bias.length),
  };
}

function activated(
  activation: Extract<LayerDescription, { kind: "activation" }>["activation"],
  z: HyperDual,
): HyperDual {
  if (activation === "tanh") return hyperbolicTangent(z);
  if (activation === "linear") return z;
  if (activation === "sigmoid" || activation === "silu" || activation === "gelu" || activation === "selu") {
    return curved(activation, z);
  }
  return rectified(z, activation === "relu" ? 0 : activation.leakySlope);
}

/** By unit over the batch; an image by channel, over batch and places. */
function normaliseBatch(signal: Batch, shape: Shape, epsilon: number): Batch {
  const places = typeof shape === "number" ? 1 : shape.height * shape.width;
  const size = signal[0]!.length;
  const out = signal.map((row) => [...row]);
  for (let channel = 0; channel < size / places; channel++) {
    const indices = signal.flatMap((_, example) =>
      range(places).map((place) => [example, channel * places + place] as const),
    );
    const values = normalised(
      indices.map(([example, unit]) => signal[example]![unit]!),
      epsilon,
    );
    for (const [index, [example, unit]] of indices.entries()) out[example]![unit] = values[index]!;
  }
  return out;
}

function normalised(values: readonly HyperDual[], epsilon: number): readonly HyperDual[] {
  const mean = scaled(1 / values.length, sum(values));
  const deviations = values.map((value) => minus(value, mean));
  const variance = scaled(1 / values.length, sum(deviations.map((deviation) => times(deviation, deviation))));
  const spread = plus(variance, constant(epsilon));
  if (spread.v === 0) return values.map(() => ZERO);
  const factor = inverseRoot(spread);
  return deviations.map((deviation) => times(factor, deviation));
}

export function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
