/** Running error of every kind of layer, its gradient and the derivative of that along a direction; see `running-error.ts`. */
import type { PlacedLayer } from "../../../src/lab/networks/layered-network.ts";
import { sizeOf } from "../../../src/lab/networks/layered-network.ts";
import type { ImageShape } from "../../../src/lab/networks/network.ts";
import { groupsOf } from "../../../src/lab/program/layers/normalisation-groups.ts";
import { normalised, projected, withCurvature } from "./bounded-normalisation.ts";
import { activated, type Bounded, type CurvedName, constants, product, slice, sumOfProducts } from "./running-error.ts";

/** A signal, or a cotangent, and its derivative along the direction; undefined where it depends on no parameter. */
export interface Dual {
  readonly at: Bounded;
  readonly along: Bounded | undefined;
}

export interface BoundedContext {
  readonly batch: number;
  readonly parameters: Bounded;
  readonly vector: Bounded;
  /** Where the parameters' derivatives go, and theirs along the direction. */
  readonly put: (offset: number, gradient: Bounded, along: Bounded) => void;
}

export interface BoundedLayer {
  readonly output: Dual;
  /** Cotangent of the output to that of the input. */
  readonly back: (cotangent: Required<Dual>) => Dual;
}

export function boundedLayer(context: BoundedContext, layer: PlacedLayer, input: Dual): BoundedLayer {
  const { description } = layer;
  switch (description.kind) {
    case "dense":
      return dense(context, layer, input);
    case "convolution":
      return convolution(context, layer, input);
    case "activation":
      return activation(description.activation as CurvedName, input);
    case "batch-normalisation":
    case "layer-normalisation":
      return normalisation(context, layer, description.epsilon, input);
    case "multiplier":
      return multiplier(context, layer, input);
    case "residual":
      return residual(context, layer, description.scale, input);
  }
}

function dense({ batch, parameters, vector, put }: BoundedContext, layer: PlacedLayer, input: Dual): BoundedLayer {
  const { rows, columns, offset } = layer.arrays[0]!;
  const bias = layer.arrays[1]?.offset;
  const { at: x, along: rx } = input;
  const of = (from: Bounded) => slice(from, offset, rows * columns);
  const apply = (to: Bounded, from: Bounded, plus: Bounded | undefined): Bounded =>
    product(
      [batch, rows, columns],
      to,
      (i, k) => i * columns + k,
      of(from),
      (k, j) => j * columns + k,
      plus,
    );
  const biasOf = (from: Bounded) => (bias === undefined ? undefined : slice(from, bias, rows));
  const first = apply(x, vector, biasOf(vector));
  const output = {
    at: apply(x, parameters, biasOf(parameters)),
    along: rx === undefined ? first : apply(rx, parameters, first),
  };
  const outer = (left: Bounded, right: Bounded, plus?: Bounded) =>
    product(
      [rows, columns, batch],
      left,
      (i, k) => k * rows + i,
      right,
      (k, j) => k * columns + j,
      plus,
    );
  const pull = (left: Bounded, from: Bounded, plus?: Bounded) =>
    product(
      [batch, columns, rows],
      left,
      (i, k) => i * rows + k,
      of(from),
      (k, j) => k * columns + j,
      plus,
    );
  const sum = (right: Bounded) =>
    product(
      [1, rows, batch],
      constants(batch, 1),
      (_, k) => k,
      right,
      (k, j) => k * rows + j,
    );
  return {
    output,
    back({ at: g, along }) {
      const rg = along!;
      const moved = outer(rg, x);
      put(offset, outer(g, x), rx === undefined ? moved : outer(g, rx, moved));
      if (bias !== undefined) put(bias, sum(g), sum(rg));
      return { at: pull(g, parameters), along: pull(g, vector, pull(rg, parameters)) };
    },
  };
}

function activation(name: CurvedName, { at: z, along: rz }: Dual): BoundedLayer {
  const f = activated(name, z);
  return {
    output: { at: f.h, along: rz === undefined ? undefined : sumOfProducts([rz, f.first]) },
    back({ at: g, along: rg }) {
      const curved = sumOfProducts([g, f.second]);
      const moved = rz === undefined ? sumOfProducts([rg!, f.first]) : sumOfProducts([rg!, f.first], [curved, rz]);
      return { at: sumOfProducts([g, f.first]), along: moved };
    },
  };
}

function multiplier({ batch, parameters, vector, put }: BoundedContext, layer: PlacedLayer, input: Dual): BoundedLayer {
  const { offset } = layer.arrays[0]!;
  const length = batch * sizeOf(layer.input);
  const all = (from: Bounded) => {
    const one = slice(from, offset, 1);
    return {
      values: new Float64Array(length).fill(one.values[0]!),
      errors: new Float64Array(length).fill(one.errors[0]!),
    };
  };
  const [alpha, direction] = [all(parameters), all(vector)];
  const { at: x, along: rx } = input;
  const dot = (a: Bounded, b: Bounded, plus?: Bounded) =>
    product(
      [1, 1, length],
      a,
      (_, k) => k,
      b,
      (k) => k,
      plus,
    );
  return {
    output: {
      at: sumOfProducts([x, alpha]),
      along: rx === undefined ? sumOfProducts([x, direction]) : sumOfProducts([rx, alpha], [x, direction]),
    },
    back({ at: g, along }) {
      const rg = along!;
      const moved = dot(rg, x);
      put(offset, dot(g, x), rx === undefined ? moved : dot(g, rx, moved));
      return { at: sumOfProducts([g, alpha]), along: sumOfProducts([rg, alpha], [g, direction]) };
    },
  };
}

function residual(context: BoundedContext, layer: PlacedLayer, scale: number, input: Dual): BoundedLayer {
  const length = input.at.values.length;
  const [ones, scales] = [constants(length, 1), constants(length, scale)];
  const sum = (x: Bounded | undefined, more: Bounded | undefined, by: Bounded) =>
    more === undefined ? x : x === undefined ? sumOfProducts([more, by]) : sumOfProducts([x, ones], [more, by]);
  const branch = boundedStack(context, layer.branch, input);
  return {
    output: { at: sum(input.at, branch.output.at, scales)!, along: sum(input.along, branch.output.along, scales) },
    back({ at: g, along: rg }) {
      const inside = branch.back({ at: sumOfProducts([g, scales]), along: sumOfProducts([rg!, scales]) });
      return { at: sum(g, inside.at, ones)!, along: sum(rg, inside.along, ones) };
    },
  };
}

/** Several layers as if they were one. */
export function boundedStack(context: BoundedContext, layers: readonly PlacedLayer[], input: Dual): BoundedLayer {
  const all: BoundedLayer[] = [];
  for (const layer of layers) all.push(boundedLayer(context, layer, all.at(-1)?.output ?? input));
  return {
    output: all.at(-1)!.output,
    back: (cotangent) =>
      [...all].reverse().reduce<Dual>((dual, layer) => layer.back(dual as Required<Dual>), cotangent),
  };
}

function normalisation({ batch }: BoundedContext, layer: PlacedLayer, epsilon: number, input: Dual): BoundedLayer {
  const groups = groupsOf(layer, batch);
  const { y, scales } = normalised(input.at, groups, epsilon);
  const rx = input.along;
  const ry = rx === undefined ? undefined : projected(rx, y, scales, groups);
  return {
    output: { at: y, along: ry },
    back({ at: dy, along: rdy }) {
      const moved = projected(rdy!, y, scales, groups);
      return {
        at: projected(dy, y, scales, groups),
        along: rx === undefined ? moved : withCurvature(moved, { rx, ry: ry!, dy, y }, scales, groups),
      };
    },
  };
}

/** By lists of which pixel each number of the kernel meets at each place; one behind the last pixel is the padding. */
function convolution(
  { batch, parameters, vector, put }: BoundedContext,
  layer: PlacedLayer,
  input: Dual,
): BoundedLayer {
  const { height, width } = layer.input as ImageShape;
  const { description } = layer;
  if (description.kind !== "convolution") throw new RangeError("a convolution is required");
  const { offset, rows: channels, columns } = layer.arrays[0]!;
  const bias = layer.arrays[1]?.offset;
  const area = description.size ** 2;
  const inputs = columns / area;
  const places = height * width;
  const radius = (description.size - 1) / 2;
  const met = (place: number, k: number, sign: number): number => {
    const row = Math.floor(place / width) + sign * (Math.floor(k / description.size) - radius);
    const column = (place % width) + sign * ((k % description.size) - radius);
    if (description.padding === "circular") return ((row + height) % height) * width + ((column + width) % width);
    return row < 0 || row >= height || column < 0 || column >= width ? -1 : row * width + column;
  };
  const padded = (x: Bounded): Bounded => ({
    values: Float64Array.from([...x.values, 0]),
    errors: Float64Array.from([...x.errors, 0]),
  });
  const pixel = (count: number, example: number, channel: number, place: number) =>
    place < 0 ? batch * count * places : (example * count + channel) * places + place;
  const kernelOf = (from: Bounded) => slice(from, offset, channels * columns);
  const everyExample = (run: (example: number) => Bounded): Bounded => {
    const parts = Array.from({ length: batch }, (_, example) => run(example));
    return {
      values: Float64Array.from(parts.flatMap(({ values }) => [...values])),
      errors: Float64Array.from(parts.flatMap(({ errors }) => [...errors])),
    };
  };
  const sliceOf = (of: Bounded | undefined, count: number, example: number) =>
    of === undefined ? undefined : slice(of, example * count * places, count * places);
  const shift = (from: Bounded): Bounded | undefined => {
    if (bias === undefined) return undefined;
    const one = slice(from, bias, channels);
    const each = (values: Float64Array) =>
      Float64Array.from({ length: channels * places }, (_, i) => values[Math.floor(i / places)]!);
    return { values: each(one.values), errors: each(one.errors) };
  };
  const apply = (x: Bounded, from: Bounded, plus: (example: number) => Bounded | undefined) => {
    const images = padded(x);
    return everyExample((example) =>
      product(
        [channels, places, columns],
        kernelOf(from),
        (i, k) => i * columns + k,
        images,
        (k, j) => pixel(inputs, example, Math.floor(k / area), met(j, k % area, 1)),
        plus(example),
      ),
    );
  };
  const pull = (g: Bounded, from: Bounded, plus?: Bounded) => {
    const images = padded(g);
    return everyExample((example) =>
      product(
        [inputs, places, channels * area],
        kernelOf(from),
        (i, k) => Math.floor(k / area) * columns + i * area + (k % area),
        images,
        (k, j) => pixel(channels, example, Math.floor(k / area), met(j, k % area, -1)),
        sliceOf(plus, inputs, example),
      ),
    );
  };
  const correlate = (g: Bounded, x: Bounded, plus?: Bounded) => {
    const images = padded(x);
    return product(
      [channels, columns, batch * places],
      g,
      (i, k) => pixel(channels, Math.floor(k / places), i, k % places),
      images,
      (k, j) => pixel(inputs, Math.floor(k / places), Math.floor(j / area), met(k % places, j % area, 1)),
      plus,
    );
  };
  const sum = (g: Bounded) =>
    product(
      [channels, 1, batch * places],
      g,
      (i, k) => pixel(channels, Math.floor(k / places), i, k % places),
      constants(batch * places, 1),
      (k) => k,
    );
  const { at: x, along: rx } = input;
  const first = apply(x, vector, () => shift(vector));
  return {
    output: {
      at: apply(x, parameters, () => shift(parameters)),
      along: rx === undefined ? first : apply(rx, parameters, (example) => sliceOf(first, channels, example)),
    },
    back({ at: g, along }) {
      const rg = along!;
      const moved = correlate(rg, x);
      put(offset, correlate(g, x), rx === undefined ? moved : correlate(g, rx, moved));
      if (bias !== undefined) put(bias, sum(g), sum(rg));
      return { at: pull(g, parameters), along: pull(g, vector, pull(rg, parameters)) };
    },
  };
}
