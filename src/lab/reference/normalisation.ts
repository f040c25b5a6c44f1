import type { Groups } from "../program/primitives.ts";

/** As `Primitives.normaliseGroups`. Memory: any float64 array. */
export function normaliseGroups(
  memory: Float64Array,
  groups: Groups,
  x: number,
  y: number,
  epsilon: number,
  scales: number,
): void {
  const { count, stride, outer, outerStride, inner } = groups;
  const size = outer * inner;
  for (let group = 0; group < count; group++) {
    const from = group * stride;
    const mean = sumOfGroup(memory, groups, x + from) / size;
    let squares = 0;
    for (let i = 0; i < outer; i++) {
      for (let at = from + i * outerStride, end = at + inner; at < end; at++) {
        const deviation = memory[x + at]! - mean;
        memory[y + at] = deviation;
        squares += deviation * deviation;
      }
    }
    const spread = squares / size + epsilon;
    const scale = spread === 0 ? 0 : 1 / Math.sqrt(spread);
    memory[scales + group] = scale;
    for (let i = 0; i < outer; i++) {
      for (let at = from + i * outerStride, end = at + inner; at < end; at++) memory[y + at]! *= scale;
    }
  }
}

/** As `Primitives.meansOfGroups`. */
export function meansOfGroups(
  memory: Float64Array,
  groups: Groups,
  a: number,
  y: number,
  means: number,
  products: number,
): void {
  const { count, stride, outer, inner } = groups;
  const size = outer * inner;
  for (let group = 0; group < count; group++) {
    const from = group * stride;
    memory[means + group] = sumOfGroup(memory, groups, a + from) / size;
    memory[products + group] = sumOfProducts(memory, groups, a + from, y + from) / size;
  }
}

/** As `Primitives.projectGroups`. */
export function projectGroups(
  memory: Float64Array,
  groups: Groups,
  a: number,
  y: number,
  out: number,
  scales: number,
  means: number,
  products: number,
): void {
  const { count, stride, outer, outerStride, inner } = groups;
  for (let group = 0; group < count; group++) {
    const scale = memory[scales + group]!;
    const mean = memory[means + group]!;
    const product = memory[products + group]!;
    for (let i = 0; i < outer; i++) {
      for (let at = group * stride + i * outerStride, end = at + inner; at < end; at++) {
        memory[out + at] = scale * (memory[a + at]! - mean - memory[y + at]! * product);
      }
    }
  }
}

function sumOfProducts(memory: Float64Array, groups: Groups, a: number, b: number): number {
  const { outer, outerStride, inner } = groups;
  let sum = 0;
  for (let i = 0; i < outer; i++) {
    for (let at = i * outerStride, end = at + inner; at < end; at++) sum += memory[a + at]! * memory[b + at]!;
  }
  return sum;
}

function sumOfGroup(memory: Float64Array, { outer, outerStride, inner }: Groups, a: number): number {
  let sum = 0;
  for (let i = 0; i < outer; i++) {
    for (let at = a + i * outerStride, end = at + inner; at < end; at++) sum += memory[at]!;
  }
  return sum;
}
