import { isSmooth, slopeOf } from "../networks/architecture.ts";
import { type PlacedLayer, sizeOf } from "../networks/layered-network.ts";
import type { ImageShape } from "../networks/network.ts";
import { type Groups, groupsOf } from "./groups.ts";
import { gather, type Places, sumInto } from "./places.ts";
import {
  bend,
  divide,
  divideBy,
  multiply,
  scale,
  shift,
  sigmoid,
  squareRoot,
  subtract,
  tanh,
  uncertain,
} from "./pointwise.ts";
import { product } from "./products.ts";
import { add, type Quantity } from "./tape.ts";

/** What the layers of one network share. */
export interface Surroundings {
  readonly batch: number;
  /** Units of roundoff within which a curved activation is. */
  readonly curves: number;
  /** The next array of parameters, in their order. */
  readonly next: () => Quantity;
  /** Is shown what units with a kink at 0 are given, and may say how far what they give may be off for it, in units of roundoff. */
  readonly onKink?: (given: Quantity) => Float64Array | undefined;
}

/**
 * What a layer does with batch x size numbers, in the operations that engine `tensorflow` does it in (`layer-function.ts` there).
 * Undefined for activations that it does not have.
 */
export function applyLayer(layer: PlacedLayer, x: Quantity, around: Surroundings): Quantity | undefined {
  const { description } = layer;
  switch (description.kind) {
    case "dense":
      return dense(layer, x, around);
    case "convolution":
      return convolution(layer, x, around);
    case "activation":
      return activation(description.activation, x, around);
    case "batch-normalisation":
    case "layer-normalisation":
      return normalised(x, groupsOf(layer, around.batch), description.epsilon);
    case "multiplier":
      return multiply(x, gather(around.next(), new Int32Array(x.values.length)));
    case "residual": {
      const branch = applyLayers(layer.branch, x, around);
      return branch && add(x, scale(branch, description.scale));
    }
  }
}

/** One layer after the other; `onPoint` is shown the input and what leaves each. */
export function applyLayers(
  layers: readonly PlacedLayer[],
  input: Quantity,
  around: Surroundings,
  onPoint?: (point: Quantity) => void,
): Quantity | undefined {
  onPoint?.(input);
  let x: Quantity | undefined = input;
  for (const layer of layers) {
    x = applyLayer(layer, x, around);
    if (x === undefined) return undefined;
    onPoint?.(x);
  }
  return x;
}

function dense({ arrays }: PlacedLayer, x: Quantity, { batch, next }: Surroundings): Quantity {
  const { rows, columns } = arrays[0]!;
  const z = product(x, next(), { layout: "nt", m: batch, n: rows, k: columns });
  return arrays.length < 2
    ? z
    : add(
        z,
        gather(
          next(),
          placesOf(batch * rows, (at) => at % rows),
        ),
      );
}

/** One product over patches, place by place, then channel by channel. */
function convolution(layer: PlacedLayer, x: Quantity, { batch, next }: Surroundings): Quantity {
  const { rows: channels, columns } = layer.arrays[0]!;
  const { height, width } = layer.input as ImageShape;
  const places = height * width;
  const patches = gather(x, patchesOf(layer, batch));
  const z = product(patches, next(), { layout: "nt", m: batch * places, n: channels, k: columns });
  const sum =
    layer.arrays.length < 2
      ? z
      : add(
          z,
          gather(
            next(),
            placesOf(z.values.length, (at) => at % channels),
          ),
        );
  const byChannel = placesOf(z.values.length, (at) => {
    const [example, channel, place] = split(at, channels, places);
    return (example * places + place) * channels + channel;
  });
  return gather(sum, byChannel);
}

/** Row by row a place, in each the channels' kernels. */
function patchesOf({ description, input, arrays }: PlacedLayer, batch: number): Places {
  if (description.kind !== "convolution") throw new TypeError(`patches require a convolution, got ${description.kind}`);
  const { height, width } = input as ImageShape;
  const { size, padding } = description;
  const { columns } = arrays[0]!;
  const numbers = sizeOf(input);
  const reach = (size - 1) / 2;
  return placesOf(batch * height * width * columns, (at) => {
    const [example, place, column] = split(at, height * width, columns);
    const [channel, kernelRow, kernelColumn] = split(column, size, size);
    const row = Math.floor(place / width) + kernelRow - reach;
    const across = (place % width) + kernelColumn - reach;
    if (padding === "zero" && (row < 0 || row >= height || across < 0 || across >= width)) return -1;
    const wrapped = ((row + height) % height) * width + ((across + width) % width);
    return example * numbers + channel * height * width + wrapped;
  });
}

/** The three digits of an index, of which the last two run to these sizes. */
function split(at: number, middle: number, last: number): readonly [number, number, number] {
  return [Math.floor(at / (middle * last)), Math.floor(at / last) % middle, at % last];
}

function placesOf(length: number, place: (at: number) => number): Places {
  return Int32Array.from({ length }, (_, at) => place(at));
}

function activation(
  name: Extract<PlacedLayer["description"], { kind: "activation" }>["activation"],
  x: Quantity,
  { curves, onKink }: Surroundings,
): Quantity | undefined {
  if (name === "linear") return x;
  if (name === "tanh") return tanh(x, curves);
  if (name === "sigmoid") return sigmoid(x, curves);
  if (isSmooth(name)) return undefined;
  const bent = bend(x, slopeOf(name));
  const errors = onKink?.(x);
  return errors === undefined ? bent : uncertain(bent, errors);
}

function normalised(x: Quantity, { places, count, size }: Groups, epsilon: number): Quantity {
  const meanOf = (values: Quantity) => divideBy(sumInto(values, places, count), size);
  const deviation = subtract(x, gather(meanOf(x), places));
  const variance = meanOf(multiply(deviation, deviation));
  return divide(deviation, gather(squareRoot(shift(variance, epsilon)), places));
}
