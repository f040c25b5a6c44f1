/** Running error of a normalisation and its derivatives, group by group, number by number; see `running-error.ts`. */
import type { Groups } from "../../../src/lab/program/primitives.ts";
import { UNIT } from "./masked-error-bound.ts";
import type { Bounded } from "./running-error.ts";

/** A number and how far the device's may be from it. */
interface Number {
  readonly value: number;
  readonly error: number;
}

const once = (value: number, error: number, units = 1): Number => ({
  value,
  error: error + units * UNIT * (Math.abs(value) + error),
});
const plus = (a: Number, b: Number) => once(a.value + b.value, a.error + b.error);
const minus = (a: Number, b: Number) => once(a.value - b.value, a.error + b.error);
const times = (a: Number, b: Number) =>
  once(a.value * b.value, Math.abs(a.value) * b.error + Math.abs(b.value) * a.error + a.error * b.error);
const negative = (a: Number): Number => ({ value: -a.value, error: a.error });
/** In any order: as many roundings as numbers, and one for the quotient of 2.5 units. */
function meanOf(numbers: readonly Number[]): Number {
  const n = numbers.length;
  const error = numbers.reduce((sum, each) => sum + each.error + n * UNIT * (Math.abs(each.value) + each.error), 0);
  return once(numbers.reduce((sum, { value }) => sum + value, 0) / n, error / n, 2.5);
}
function reciprocalRoot(a: Number): Number {
  if (a.value === 0 && a.error === 0) return { value: 0, error: 0 };
  const value = 1 / Math.sqrt(a.value);
  return once(value, value * (1 / Math.sqrt(1 - a.error / a.value) - 1), 2);
}

/** y and, a group, its scale. */
export function normalised(
  x: Bounded,
  groups: Groups,
  epsilon: number,
): { readonly y: Bounded; readonly scales: readonly Number[] } {
  const y = emptyLike(x);
  const scales: Number[] = [];
  forEachGroup(groups, (at, group) => {
    const first = numberAt(x, at[0]!);
    const distances = at.map((place) => minus(numberAt(x, place), first));
    const mean = meanOf(distances);
    const centred = distances.map((distance) => minus(distance, mean));
    const variance = meanOf(centred.map((each) => times(each, each)));
    const scale = reciprocalRoot(plus(variance, { value: epsilon, error: UNIT * epsilon }));
    scales[group] = scale;
    for (const [i, place] of at.entries()) put(y, place, times(centred[i]!, scale));
  });
  return { y, scales };
}

/** s (a - mean(a) - y mean(a y)). */
export function projected(a: Bounded, y: Bounded, scales: readonly Number[], groups: Groups): Bounded {
  const out = emptyLike(a);
  forEachGroup(groups, (at, group) => {
    const numbers = at.map((place) => numberAt(a, place));
    const mean = meanOf(numbers);
    const product = meanOf(numbers.map((each, i) => times(each, numberAt(y, at[i]!))));
    at.forEach((place, i) => {
      const rest = minus(minus(numbers[i]!, mean), times(numberAt(y, place), product));
      put(out, place, times(scales[group]!, rest));
    });
  });
  return out;
}

/** `moved` + s (-s mean(rx y) (dy - mean(dy) - y mean(dy y)) - ry mean(dy y) - y mean(dy ry)). */
export function withCurvature(
  moved: Bounded,
  { rx, ry, dy, y }: { readonly rx: Bounded; readonly ry: Bounded; readonly dy: Bounded; readonly y: Bounded },
  scales: readonly Number[],
  groups: Groups,
): Bounded {
  const out = emptyLike(moved);
  forEachGroup(groups, (at, group) => {
    const of = (from: Bounded) => at.map((place) => numberAt(from, place));
    const dot = (one: readonly Number[], other: readonly Number[]) =>
      meanOf(one.map((each, i) => times(each, other[i]!)));
    const [along, values, cotangents, movedValues] = [of(rx), of(y), of(dy), of(ry)];
    const relative = negative(times(scales[group]!, dot(along, values)));
    const mean = meanOf(cotangents);
    const product = dot(cotangents, values);
    const movedProduct = dot(cotangents, movedValues);
    at.forEach((place, i) => {
      const centred = minus(minus(cotangents[i]!, mean), times(values[i]!, product));
      const sum = minus(
        minus(times(relative, centred), times(movedValues[i]!, product)),
        times(values[i]!, movedProduct),
      );
      put(out, place, plus(numberAt(moved, place), times(scales[group]!, sum)));
    });
  });
  return out;
}

function forEachGroup(
  { count, stride, outer, outerStride, inner }: Groups,
  run: (at: readonly number[], group: number) => void,
): void {
  for (let group = 0; group < count; group++) {
    const at: number[] = [];
    for (let i = 0; i < outer; i++) {
      for (let k = 0; k < inner; k++) at.push(group * stride + i * outerStride + k);
    }
    run(at, group);
  }
}

function emptyLike({ values }: Bounded): Bounded {
  return { values: new Float64Array(values.length), errors: new Float64Array(values.length) };
}

function numberAt({ values, errors }: Bounded, place: number): Number {
  return { value: values[place]!, error: errors[place]! };
}

function put({ values, errors }: Bounded, place: number, { value, error }: Number): void {
  values[place] = value;
  errors[place] = error;
}
