import { isSmooth, requireActivation, requireInitialisation } from "./architecture.ts";
import { type Kinds, refuseUnknown, requireKnown } from "./kinds.ts";
import type { Bias, ImageShape, Initialisation, LayerDescription, LayeredNetwork } from "./network.ts";

/** What flows along the network: so many numbers, or an image. */
export type Shape = number | ImageShape;

/** One array of the flat parameters. Weights have `rows` outputs of `columns` each (a convolution: input channels times size^2). */
export interface ParameterArray {
  readonly role: "weights" | "bias" | "multiplier";
  /** Index of the layer, and inside a branch the index there: "3.0". */
  readonly layer: string;
  readonly offset: number;
  readonly length: number;
  readonly rows: number;
  readonly columns: number;
}

/** A layer with the shapes around it and the place of its parameters. */
export interface PlacedLayer {
  readonly description: LayerDescription;
  readonly input: Shape;
  readonly output: Shape;
  /** Its own, a branch's not among them. */
  readonly arrays: readonly ParameterArray[];
  readonly branch: readonly PlacedLayer[];
}

export function sizeOf(shape: Shape): number {
  return typeof shape === "number" ? shape : shape.channels * shape.height * shape.width;
}

/**
 * Refuses a network that no engine could run, before anything is drawn.
 * @throws RangeError naming the layer that is wrong, what was found and what it must be
 */
export function requireLayeredNetwork(network: LayeredNetwork): void {
  placeLayers(network);
}

/** Number of parameters. */
export function parameterCount(network: LayeredNetwork): number {
  return lengthOf(placeLayers(network));
}

/** All parameter arrays in their order: what `logNorms` of a gradient has one column for. */
export function parameterArrays(network: LayeredNetwork): readonly ParameterArray[] {
  return arraysOf(placeLayers(network));
}

/** Sizes of the input and of what leaves each layer: one number a point. */
export function layerSizes(network: LayeredNetwork): readonly number[] {
  return [sizeOf(network.input), ...placeLayers(network).map(({ output }) => sizeOf(output))];
}

export function arraysOf(layers: readonly PlacedLayer[]): readonly ParameterArray[] {
  const all: ParameterArray[] = [];
  addArrays(layers, all);
  return all;
}

function addArrays(layers: readonly PlacedLayer[], all: ParameterArray[]): void {
  for (const { arrays, branch } of layers) {
    for (const array of arrays) all.push(array);
    addArrays(branch, all);
  }
}

export function countOf(arrays: readonly ParameterArray[]): number {
  return arrays.reduce((total, { length }) => total + length, 0);
}

/**
 * The layers with their shapes and the places of their parameters.
 * @throws RangeError as `requireLayeredNetwork`
 */
export function placeLayers(network: LayeredNetwork): readonly PlacedLayer[] {
  requireShape(network.input);
  requireInitialisation(network.init);
  if (network.layers.length === 0) throw new RangeError("a layered network requires at least 1 layer, got 0");
  const placed = placeAll(network.layers, network.input, { init: network.init, prefix: "", offset: 0 });
  if (lengthOf(placed) === 0) throw new RangeError("a layered network requires parameters, got none");
  return placed;
}

interface Place {
  readonly init: Initialisation;
  readonly prefix: string;
  readonly offset: number;
}

function placeAll(layers: readonly LayerDescription[], input: Shape, place: Place): readonly PlacedLayer[] {
  const placed: PlacedLayer[] = [];
  let shape = input;
  let offset = place.offset;
  for (const [index, description] of layers.entries()) {
    const next = placeOne(description, shape, { ...place, prefix: `${place.prefix}${index}`, offset });
    placed.push(next);
    shape = next.output;
    offset += countOf(next.arrays) + lengthOf(next.branch);
  }
  return placed;
}

/** Parameters of layers, their branches' among them. */
function lengthOf(layers: readonly PlacedLayer[]): number {
  let length = 0;
  for (const { arrays, branch } of layers) length += countOf(arrays) + lengthOf(branch);
  return length;
}

function placeOne(description: LayerDescription, input: Shape, place: Place): PlacedLayer {
  const layer = place.prefix;
  const same = { description, input, output: input, arrays: [], branch: [] };
  switch (description.kind) {
    case "dense": {
      const { width, bias, initial } = description;
      requirePositiveInteger(width, `a width`, layer);
      const columns = sizeOf(input);
      if (initial !== "zero") requireSquare(place.init, width, columns, layer);
      return { ...same, output: width, arrays: weightsAndBias(layer, place.offset, width, columns, bias) };
    }
    case "convolution": {
      const image = requireImage(input, layer);
      const { channels, size, bias, initial } = description;
      requirePositiveInteger(channels, "a number of channels", layer);
      requireKernel(size, image, layer);
      requireKnown(`a convolution's padding at layer ${layer}`, description.padding, PADDINGS);
      if (place.init.law === "orthogonal" && initial !== "zero") {
        throw new RangeError(`orthogonal weights require square dense layers, got a convolution at layer ${layer}`);
      }
      const columns = size * size * image.channels;
      const arrays = weightsAndBias(layer, place.offset, channels, columns, bias);
      return { ...same, output: { ...image, channels }, arrays };
    }
    case "activation":
      if (!isSmooth(description.activation)) requireActivation(description.activation);
      return same;
    case "batch-normalisation":
    case "layer-normalisation":
      if (!(description.epsilon >= 0 && description.epsilon < Infinity)) {
        throw new RangeError(
          `a normalisation requires epsilon from 0 up, got ${description.epsilon} at layer ${layer}`,
        );
      }
      return same;
    case "multiplier": {
      requireFinite(description.initial, "a multiplier", layer);
      const array = { role: "multiplier", layer, offset: place.offset, length: 1, rows: 1, columns: 1 } as const;
      return { ...same, arrays: [array] };
    }
    case "residual": {
      requireFinite(description.scale, "a residual's scale", layer);
      return { ...same, branch: placeBranch(description.branch, input, place) };
    }
    default:
      return refuseUnknown(`layer ${layer} is of a kind`, description);
  }
}

const PADDINGS: Kinds<Extract<LayerDescription, { kind: "convolution" }>["padding"]> = { circular: true, zero: true };

function placeBranch(layers: readonly LayerDescription[], input: Shape, place: Place): readonly PlacedLayer[] {
  const layer = place.prefix;
  if (layers.length === 0)
    throw new RangeError(`a residual requires at least 1 layer in its branch, got 0 at layer ${layer}`);
  const branch = placeAll(layers, input, { ...place, prefix: `${layer}.` });
  const output = branch[branch.length - 1]!.output;
  if (describeShape(output) !== describeShape(input)) {
    throw new RangeError(
      `a residual requires a branch that keeps ${describeShape(input)}, got ${describeShape(output)} at layer ${layer}`,
    );
  }
  return branch;
}

function weightsAndBias(
  layer: string,
  offset: number,
  rows: number,
  columns: number,
  bias: Bias,
): readonly ParameterArray[] {
  const weights = { role: "weights", layer, offset, length: rows * columns, rows, columns } as const;
  if (bias === "none") return [weights];
  if (!(bias.standardDeviation >= 0 && bias.standardDeviation < Infinity)) {
    throw new RangeError(
      `a bias requires a standard deviation from 0 up, got ${bias.standardDeviation} at layer ${layer}`,
    );
  }
  return [weights, { role: "bias", layer, offset: offset + rows * columns, length: rows, rows, columns: 1 }];
}

function requireShape(shape: Shape): void {
  if (typeof shape === "number") {
    requirePositiveInteger(shape, "a width", "input");
    return;
  }
  requirePositiveInteger(shape.channels, "a number of channels", "input");
  requirePositiveInteger(shape.height, "a height", "input");
  requirePositiveInteger(shape.width, "a width", "input");
}

function requirePositiveInteger(value: number, what: string, layer: string): void {
  if (!Number.isInteger(value) || value < 1) {
    throw new RangeError(`${what} requires a positive integer, got ${value} at layer ${layer}`);
  }
}

function requireFinite(value: number, what: string, layer: string): void {
  if (!Number.isFinite(value)) throw new RangeError(`${what} requires a finite number, got ${value} at layer ${layer}`);
}

function requireSquare(init: Initialisation, width: number, columns: number, layer: string): void {
  if (init.law === "orthogonal" && width !== columns) {
    throw new RangeError(`orthogonal weights require square layers, got ${width} x ${columns} at layer ${layer}`);
  }
}

function requireImage(shape: Shape, layer: string): ImageShape {
  if (typeof shape === "number") {
    throw new RangeError(`a convolution requires an image, got ${describeShape(shape)} at layer ${layer}`);
  }
  return shape;
}

/** A circular kernel wider than the image would meet a place twice. */
function requireKernel(size: number, image: ImageShape, layer: string): void {
  if (!Number.isInteger(size) || size < 1 || size % 2 === 0) {
    throw new RangeError(`a kernel requires an odd size, got ${size} at layer ${layer}`);
  }
  if (size > image.height || size > image.width) {
    throw new RangeError(
      `a kernel requires an image at least as large, got size ${size} on ${describeShape(image)} at layer ${layer}`,
    );
  }
}

function describeShape(shape: Shape): string {
  return typeof shape === "number" ? `width ${shape}` : `${shape.channels} x ${shape.height} x ${shape.width}`;
}
