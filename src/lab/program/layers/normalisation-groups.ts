import type { PlacedLayer } from "../../networks/layered-network.ts";
import { sizeOf } from "../../networks/layered-network.ts";

/**
 * Which numbers of a batch are normalised together: group g has, for each i < `outer`, the `inner` numbers from
 * g * stride + i * outerStride on. Sums run over i, then along the numbers.
 */
export interface Groups {
  readonly count: number;
  readonly stride: number;
  readonly outer: number;
  readonly outerStride: number;
  readonly inner: number;
}

/** `layer-normalisation`: a group an example. `batch-normalisation`: a group a unit, or a channel of an image. */
export function groupsOf({ description, input }: PlacedLayer, batch: number): Groups {
  const size = sizeOf(input);
  if (description.kind === "layer-normalisation") {
    return { count: batch, stride: size, outer: 1, outerStride: 0, inner: size };
  }
  const inner = typeof input === "number" ? 1 : input.height * input.width;
  return { count: size / inner, stride: inner, outer: batch, outerStride: size, inner };
}

/** y = (x - mean) / sqrt(variance + epsilon) in each group; `scales` gets the factors, 0 where variance + epsilon is 0. */
export function normaliseGroups(
  values: Float64Array,
  groups: Groups,
  x: number,
  y: number,
  epsilon: number,
  scales: Float64Array,
): void {
  const { count, stride, outer, outerStride, inner } = groups;
  const size = outer * inner;
  for (let group = 0; group < count; group++) {
    const from = group * stride;
    const mean = sumOfGroup(values, groups, x + from) / size;
    let squares = 0;
    for (let i = 0; i < outer; i++) {
      for (let at = from + i * outerStride, end = at + inner; at < end; at++) {
        const deviation = values[x + at]! - mean;
        values[y + at] = deviation;
        squares += deviation * deviation;
      }
    }
    const spread = squares / size + epsilon;
    const scale = spread === 0 ? 0 : 1 / Math.sqrt(spread);
    scales[group] = scale;
    for (let i = 0; i < outer; i++) {
      for (let at = from + i * outerStride, end = at + inner; at < end; at++) values[y + at]! *= scale;
    }
  }
}

/** Means over each group of `a` (into `means`) and of a * y (into `products`). */
export function meansOfGroups(
  values: Float64Array,
  groups: Groups,
  a: number,
  y: number,
  means: Float64Array,
  products: Float64Array,
): void {
  const { count, stride, outer, inner } = groups;
  const size = outer * inner;
  for (let group = 0; group < count; group++) {
    means[group] = sumOfGroup(values, groups, a + group * stride) / size;
    products[group] = sumOfProducts(values, groups, a + group * stride, y + group * stride) / size;
  }
}

/** The normalisation's Jacobian, which is symmetric, applied to `a`: out = scale (a - mean(a) - y mean(a y)); out may be a. */
export function projectGroups(
  values: Float64Array,
  groups: Groups,
  a: number,
  y: number,
  out: number,
  scales: Float64Array,
  means: Float64Array,
  products: Float64Array,
): void {
  const { count, stride, outer, outerStride, inner } = groups;
  for (let group = 0; group < count; group++) {
    const scale = scales[group]!;
    const mean = means[group]!;
    const product = products[group]!;
    for (let i = 0; i < outer; i++) {
      for (let at = group * stride + i * outerStride, end = at + inner; at < end; at++) {
        values[out + at] = scale * (values[a + at]! - mean - values[y + at]! * product);
      }
    }
  }
}

export function sumOfProducts(values: Float64Array, groups: Groups, a: number, b: number): number {
  const { outer, outerStride, inner } = groups;
  let sum = 0;
  for (let i = 0; i < outer; i++) {
    for (let at = i * outerStride, end = at + inner; at < end; at++) sum += values[a + at]! * values[b + at]!;
  }
  return sum;
}

function sumOfGroup(values: Float64Array, { outer, outerStride, inner }: Groups, a: number): number {
  let sum = 0;
  for (let i = 0; i < outer; i++) {
    for (let at = a + i * outerStride, end = at + inner; at < end; at++) sum += values[at]!;
  }
  return sum;
}
