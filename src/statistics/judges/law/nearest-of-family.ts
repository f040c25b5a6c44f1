import type { FittedLaw } from "../../question.ts";
import { RefusedSample } from "../judge.ts";
import { FAMILIES, type LocationScale } from "./families.ts";

/** A law of a family near a sample's, and how near any of the family can be. */
export interface Nearest {
  /** P(X <= x) of the nearest law that was found. */
  readonly upTo: (x: number) => number;
  /** No law of the family is nearer to the sample's, in sup-distance. */
  readonly atLeast: number;
}

/** Probabilities up to each anchor, from and to. */
type Box = readonly (readonly [low: number, high: number])[];

/** Each halves the boxes that are left. */
const ROUNDS = 14;
const MOST_BOXES = 500;
/** Values that bounds are taken at: what lies between two of them is less than a hundredth of the sample. */
const MOST_POINTS = 128;

/**
 * The law of a family that is nearest in sup-distance to a sample's (values in ascending order), about within `tolerance` of the best,
 * and a distance that no law of the family undercuts, proved whatever the search found.
 *
 * A law is named by its probabilities up to two values, a quarter and three quarters through the sample (up to one where the
 * location is fixed): from 0 to 1, so that no law of the family is left out, its limits included. Over a box of them the standardised value of each x, linear in their quantiles, has a range, so has the
 * probability up to x, and so the least distance from the sample's at x. Boxes that may hold a nearer law are cut, again and again.
 * Cost: some thousand boxes of up to `MOST_POINTS` probabilities each. Throws `RefusedSample` for values too equal to place a law by.
 */
export function nearestOfFamily({ family }: FittedLaw, sorted: Float64Array, tolerance: number): Nearest {
  const law = FAMILIES[family];
  const distinct = distinctOf(sorted);
  const anchors = anchorsOf(distinct, law.fixed);
  const points = [...anchors, ...evenly(distinct, MOST_POINTS)].map((point) => ({
    ...point,
    weights: weightsAt(point.value, anchors),
  }));
  const least = (box: Box) => leastDistance(law, points, box);
  const start: Box = anchors.map(() => [0, 1]);
  let best = { distance: 1, box: start };
  let atLeast = 1;
  let open: readonly Box[] = [start];
  for (let round = 0; open.length > 0; round++) {
    for (const middle of open.map(middleOf)) {
      const distance = rises(middle) ? least(middle) : 1;
      if (distance < best.distance) best = { distance, box: middle };
    }
    const enough = best.distance - tolerance;
    const bounded = open.map((box) => ({ box, distance: least(box) }));
    const hopeful = bounded.filter(({ distance }) => distance < enough);
    const cut = round < ROUNDS && hopeful.length < MOST_BOXES;
    for (const { distance } of bounded) if (!cut || distance >= enough) atLeast = Math.min(atLeast, distance);
    open = cut ? hopeful.flatMap(({ box }) => partsOf(box)).filter(mayRise) : [];
  }
  const quantiles = best.box.map(([p]) => law.quantile(p));
  return {
    upTo: (x) => (Number.isFinite(x) ? law.upTo(total(weightsAt(x, anchors), quantiles)) : Number(x > 0)),
    atLeast: Math.max(0, Math.min(atLeast, best.distance)),
  };
}

/** One of the sample's values, and its parts below it and up to it. */
interface Value {
  readonly value: number;
  readonly left: number;
  readonly right: number;
}

interface Point extends Value {
  readonly weights: readonly number[];
}

function distinctOf(sorted: Float64Array): readonly Value[] {
  const count = sorted.length;
  const values: Value[] = [];
  for (let i = 0; i < count; ) {
    const from = i;
    while (i < count && sorted[i] === sorted[from]) i++;
    values.push({ value: sorted[from]!, left: from / count, right: i / count });
  }
  return values;
}

function evenly<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, i) => all[Math.round((i * (all.length - 1)) / (most - 1))]!);
}

/** The values that name a law: at a quarter and three quarters of the finite ones, or the middle one above a fixed location of 0. */
function anchorsOf(distinct: readonly Value[], fixed: boolean): readonly Value[] {
  const usable = distinct.filter(({ value }) => Number.isFinite(value) && (!fixed || value > 0));
  if (usable.length < (fixed ? 1 : 2)) {
    throw new RefusedSample(
      `law requires ${fixed ? "a positive value" : "two different values"} to place a family by, got ${usable.length}`,
    );
  }
  const past = (part: number) =>
    Math.max(
      0,
      usable.findIndex(({ right }) => right >= part),
    );
  if (fixed) return [usable[past(0.5)]!];
  const low = Math.min(past(0.25), usable.length - 2);
  return [usable[low]!, usable[Math.max(low + 1, past(0.75))]!];
}

/** x as a sum of anchors' standardised values: linear, through 0 where the location is. */
function weightsAt(x: number, anchors: readonly Value[]): readonly number[] {
  const [first, second] = anchors;
  if (second === undefined) return [x / first!.value];
  const part = (x - first!.value) / (second.value - first!.value);
  return [1 - part, part];
}

function total(weights: readonly number[], values: readonly number[]): number {
  return weights.reduce((sum, weight, k) => sum + (weight === 0 ? 0 : weight * values[k]!), 0);
}

/** What no law of the box is nearer than, at the points; of a box of one law its very distance there. */
function leastDistance({ upTo, quantile, fixed }: LocationScale, points: readonly Point[], box: Box): number {
  // Lows are no +Infinity and highs no -Infinity, so that the ends below never take one from the other.
  const lows = box.map(([low]) => (low > 0 ? quantile(low) : fixed ? 0 : Number.NEGATIVE_INFINITY));
  const highs = box.map(([, high]) => (high < 1 ? quantile(high) : Number.POSITIVE_INFINITY));
  const end = (weights: readonly number[], up: boolean) =>
    total(
      weights,
      weights.map((weight, k) => (weight > 0 === up ? highs[k]! : lows[k]!)),
    );
  let least = 0;
  for (const { value, left, right, weights } of points) {
    const [low, high] = Number.isFinite(value)
      ? [upTo(end(weights, false)), upTo(end(weights, true))]
      : [Number(value > 0), Number(value > 0)];
    // Below -Infinity there is nothing, and nothing is beyond Infinity.
    if (value !== Number.POSITIVE_INFINITY) least = Math.max(least, right - high);
    if (value !== Number.NEGATIVE_INFINITY) least = Math.max(least, low - left);
  }
  return least;
}

function middleOf(box: Box): Box {
  return box.map(([low, high]) => [(low + high) / 2, (low + high) / 2]);
}

/** A law's probability rises from one anchor to the next. */
function rises(box: Box): boolean {
  return box.every(([low], k) => k === 0 || low > box[k - 1]![1]);
}

function mayRise(box: Box): boolean {
  return box.every(([, high], k) => k === 0 || high > box[k - 1]![0]);
}

/** Halves of it, along every side. */
function partsOf(box: Box): readonly Box[] {
  return box.reduce<readonly Box[]>(
    (parts, [low, high]) =>
      parts.flatMap((part) => [
        [...part, [low, (low + high) / 2] as const],
        [...part, [(low + high) / 2, high] as const],
      ]),
    [[]],
  );
}
