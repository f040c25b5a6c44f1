import { openStream, type Stream } from "../../numerics/random.ts";
import { LANES, type StreamKey } from "../../numerics/stream.ts";
import type { TiltedLaw } from "./tilted-law.ts";

/** Values drawn alike: how many, and by how much the contrast moves with one of them (in standard units). */
export interface Block {
  readonly size: number;
  readonly influence: number;
}

/** A trial of a linear statistic: sum over blocks of influence times the sum of T(z). */
export interface TiltedDesign<Trial> {
  readonly law: TiltedLaw;
  /** What comes before the values and is drawn untilted (regressors), with the blocks of the values to draw. */
  readonly prepare: (stream: Stream) => { readonly blocks: readonly Block[]; readonly context: Trial };
}

/** A probability estimated by importance sampling. */
export interface TiltedRate {
  readonly trials: number;
  readonly rate: number;
  readonly standardError: number;
}

export interface TiltedOptions {
  readonly trials: number;
  readonly key: StreamKey;
  /** Error level about which the events are rare: the tilts move the statistic to its Gaussian quantile. */
  readonly standardDeviations: number;
}

/**
 * Probabilities of rare events of a judge by exponentially tilted sampling (Siegmund 1976, Annals of Statistics 4): a trial
 * is drawn from one of several tilts that move the statistic to where the events happen and is weighted by the exact ratio
 * of its law to the mixture of all tilts (Veach and Guibas 1995, the balance heuristic; weights are at most the reciprocal
 * of the untilted part). Unbiased for every event, with a standard error.
 *
 * `happened`: which events a trial shows; one estimate each is returned, in order.
 */
export function tiltedRates<Trial>(
  design: TiltedDesign<Trial>,
  happened: (values: Float64Array, context: Trial) => readonly boolean[],
  { trials, key, standardDeviations }: TiltedOptions,
): readonly TiltedRate[] {
  const sums: number[] = [];
  const squares: number[] = [];
  for (let trial = 0; trial < trials; trial++) {
    const stream = openStream(key, trial, LANES.weights);
    const { blocks, context } = design.prepare(stream);
    const tilts = tiltsOf(design.law, blocks, standardDeviations);
    const values = drawTilted(design.law, blocks, tilts[trial % tilts.length]!, stream);
    const events = happened(values, context);
    const weight = events.includes(true) ? weightOf(design.law, blocks, tilts, values) : 0;
    events.forEach((event, i) => {
      sums[i] = (sums[i] ?? 0) + (event ? weight : 0);
      squares[i] = (squares[i] ?? 0) + (event ? weight * weight : 0);
    });
  }
  return sums.map((sum, i) => {
    const rate = sum / trials;
    return { trials, rate, standardError: Math.sqrt(Math.max(0, squares[i]! / trials - rate * rate) / trials) };
  });
}

/**
 * How far the tilts move the statistic, in multiples of the Gaussian quantile of the level. An interval that corrects for
 * skewness has its bounds nearer on one side and farther on the other, so that one multiple would not do; 0 keeps weights
 * bounded.
 */
const REACH = [0, 0.8, 1, 1.25, -0.8, -1, -1.25] as const;

/** For each reach the tilt of each block. */
function tiltsOf(law: TiltedLaw, blocks: readonly Block[], standardDeviations: number): readonly Float64Array[] {
  const deviation = Math.sqrt(blocks.reduce((sum, { size, influence }) => sum + size * influence * influence, 0));
  const known = cache.get(blocks);
  if (known !== undefined) return known;
  const tilts = REACH.map((reach) => tiltTo(law, blocks, reach * standardDeviations * deviation));
  cache.set(blocks, tilts);
  return tilts;
}

/** Designs with the same blocks at each trial have the same tilts. */
const cache = new WeakMap<readonly Block[], readonly Float64Array[]>();

/** The tilt along the contrast under which the statistic's mean is the target: blocks are tilted by theta times influence. */
function tiltTo(law: TiltedLaw, blocks: readonly Block[], target: number): Float64Array {
  const tilt = (theta: number) => Float64Array.from(blocks, ({ influence }) => within(law, theta * influence));
  const mean = (theta: number) =>
    blocks.reduce((sum, { size, influence }) => sum + size * influence * law.mean(within(law, theta * influence)), 0);
  if (target === 0) return tilt(0);
  const sign = Math.sign(target);
  let high = 1;
  // Doubling reaches every target within the law's support; beyond it the tilt stops where the mean does, while weights have digits left.
  const gained = () => sign * (mean(sign * 2 * high) - mean(sign * high)) > 1e-3 * Math.abs(target);
  while (sign * mean(sign * high) < Math.abs(target) && gained()) high *= 2;
  let low = 0;
  // 40 halvings place the tilt within a part in 10^12: any tilt is valid, its place only matters for efficiency.
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (sign * mean(sign * middle) < Math.abs(target)) low = middle;
    else high = middle;
  }
  return tilt(sign * high);
}

/** Keeps a tilt away from the ends of its domain, where the tilted law ceases to exist. */
function within(law: TiltedLaw, h: number): number {
  return Math.min(0.95 * law.highest, Math.max(0.95 * law.lowest, h));
}

function drawTilted(law: TiltedLaw, blocks: readonly Block[], tilt: Float64Array, stream: Stream): Float64Array {
  const values = new Float64Array(blocks.reduce((sum, { size }) => sum + size, 0));
  let from = 0;
  blocks.forEach(({ size }, b) => {
    law.fill(stream, values, from, from + size, tilt[b]!);
    from += size;
  });
  return values;
}

/** Density of the law over that of the mixture, which has an equal part of each tilt. */
function weightOf(
  law: TiltedLaw,
  blocks: readonly Block[],
  tilts: readonly Float64Array[],
  values: Float64Array,
): number {
  const exponents = new Float64Array(tilts.length);
  let from = 0;
  blocks.forEach(({ size }, b) => {
    let sum = 0;
    for (let i = from; i < from + size; i++) sum += law.sufficient(values[i]!);
    from += size;
    tilts.forEach((tilt, j) => {
      const h = tilt[b]!;
      if (h !== 0) exponents[j] = exponents[j]! + h * sum - size * law.cumulant(h);
    });
  });
  let mixture = 0;
  for (const exponent of exponents) mixture += Math.exp(exponent);
  return tilts.length / mixture;
}
