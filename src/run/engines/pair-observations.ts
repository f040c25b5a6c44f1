import type { Agreement, ComparedMeasure, EnginesApart } from "../../claim/engines-apart.ts";
import type { Unit } from "../../claim/unit.ts";
import { largestCount } from "../../statistics/largest-count.ts";
import type { SourceSamples } from "../decide/arm-evidence.ts";
import type { Samples } from "../sample/sampler.ts";

/** How far the observations behind one estimate are apart, replicate by replicate. */
export interface ObservationPairs {
  /** Observations of which any bit differs. */
  readonly differing: number;
  readonly largest: number;
  /** The column that keeps least well to its bound; undefined where a column cannot be judged. */
  readonly worst: JudgedColumn | undefined;
  /** Of each group, where every column is judged: how far its values may have moved, and how many of them freely. */
  readonly shifts: readonly { readonly bound: number; readonly free: number }[] | undefined;
  readonly because: string;
  /** Whether outcomes are held against chance, for want of a bound. */
  readonly inLaw: boolean;
}

/** A column held against its bound, or outcomes without one held against chance. */
export interface JudgedColumn {
  readonly bound: number;
  /** Observations further apart than the bound; of outcomes those that went one way more than the other. */
  readonly beyond: number;
  /** How many of them the derived rate, or chance, lets be there, but for one run of many. */
  readonly allowed: number;
  /** The largest difference but for as many as allowed, in bounds: above 1 there are too many. */
  readonly share: number;
}

interface ColumnPair extends Differences {
  readonly group: number;
  readonly judged: JudgedColumn | undefined;
  readonly because: string;
  readonly inLaw: boolean;
}

export interface PairedSources {
  readonly primary: readonly SourceSamples[];
  readonly other: readonly SourceSamples[];
}

/**
 * Compares every column that a unit's groups read; replicates that do not count are compared as well. `alarm` is the
 * probability with which a unit whose columns keep to their derived rates is called outside. Cost: one pass and a sort.
 */
export function pairObservations(
  unit: Unit,
  { primary, other }: PairedSources,
  { boundOf, alarm }: { readonly boundOf: EnginesApart["boundOf"]; readonly alarm: number },
): ObservationPairs {
  const columnsInAll = unit.groups.reduce((sum, { columns }) => sum + columns.length, 0);
  const pairs = unit.groups.flatMap(({ source, columns }, group) =>
    columns.map((measure): ColumnPair => {
      const { series } = primary[source]!;
      const index = series.measures.indexOf(measure);
      const [was, is] = [primary[source]!, other[source]!].map(({ samples }) => (samples as Samples).columns[index]!);
      const agreement = boundOf(comparedMeasure(primary[source]!, measure, Math.min(was!.length, is!.length)));
      const found = differences(was!, is!);
      const own = alarm / columnsInAll;
      const judged = agreement && judge(found, agreement, own);
      if (judged !== undefined) return { group, ...found, judged, because: agreement!.because, inLaw: false };
      const inLaw = found.differing > 0;
      return { group, ...found, judged: judgeOutcomes(was!, is!, own), because: OUTCOMES, inLaw };
    }),
  );
  const judged = pairs.every((pair) => pair.judged !== undefined);
  return {
    differing: pairs.reduce((sum, { differing }) => sum + differing, 0),
    largest: Math.max(...pairs.map(({ sizes }) => sizes.reduce((most, size) => Math.max(most, size), 0))),
    worst: judged ? pairs.map((pair) => pair.judged!).reduce((a, b) => (b.share > a.share ? b : a)) : undefined,
    shifts: judged ? unit.groups.map((_, group) => shiftOf(pairs.filter((pair) => pair.group === group))) : undefined,
    because: judged ? [...new Set(pairs.map(({ because }) => because))].join("; ") : "",
    inLaw: pairs.some(({ inLaw }) => inLaw),
  };
}

function comparedMeasure({ series, samples }: SourceSamples, measure: string, count: number): ComparedMeasure {
  const { name, setup, passes, measures } = series.experiment;
  return {
    ...{ experiment: name, setup, passes, measure, rounding: measures[measure]!.rounding },
    streams: { key: series.key, count },
    observed: (other) => (samples as Samples).columns[series.measures.indexOf(other)],
  };
}

const OUTCOMES = "no bound is derived: outcomes that differ go either way alike, where their law is one (McNemar)";

interface Differences {
  readonly replicates: number;
  readonly differing: number;
  /** Of every replicate. */
  readonly sizes: Float64Array;
}

function differences(was: Float64Array, is: Float64Array): Differences {
  const replicates = Math.min(was.length, is.length);
  const sizes = new Float64Array(replicates);
  let differing = 0;
  for (let replicate = 0; replicate < replicates; replicate++) {
    const [from, to] = [was[replicate]!, is[replicate]!];
    if (Object.is(from, to)) continue;
    differing++;
    // zeros of two signs, and nothing else, differ in bits and not in value
    sizes[replicate] = from === to ? 0 : Math.abs(to - from);
  }
  return { replicates, differing, sizes };
}

/** Undefined where every other observation may be beyond its bound: that says nothing. */
function judge(
  { replicates, differing, sizes }: Differences,
  { bound, bounds, rate }: Agreement,
  alarm: number,
): JudgedColumn | undefined {
  const allowed = largestCount(replicates, rate, alarm);
  if (allowed > 0 && 2 * allowed >= replicates) return undefined;
  const shares = sizes.map((size, replicate) => shareOf(size, bounds?.[replicate] ?? bound));
  const beyond = shares.filter((share) => share > 1).length;
  // a bound of 0 without exceptions is about bytes: also zeros of two signs are beyond it
  const unequal = bound === 0 && rate === 0 && differing > 0;
  return { bound, beyond, allowed, share: unequal ? Infinity : (shares.sort().reverse()[allowed] ?? 0) };
}

function shareOf(size: number, bound: number): number {
  return size === 0 ? 0 : size / bound;
}

/**
 * Outcomes, 0 or 1, of two engines that part on their way. Where both have one law, an outcome that differs is as likely a 1 of the
 * one as of the other, so that the number of either is binomial given their sum: an exact test. Undefined for other values.
 */
function judgeOutcomes(was: Float64Array, is: Float64Array, alarm: number): JudgedColumn | undefined {
  const isOutcome = (value: number) => value === 0 || value === 1;
  if (!was.every(isOutcome) || !is.every(isOutcome)) return undefined;
  const moved = is.map((value, replicate) => value - was[replicate]!);
  const gained = moved.filter((by) => by > 0).length;
  const lost = moved.filter((by) => by < 0).length;
  const beyond = Math.abs(gained - lost);
  const allowed = 2 * largestCount(gained + lost, 1 / 2, alarm / 2) - (gained + lost);
  return { bound: 0, beyond, allowed, share: beyond === 0 ? 0 : beyond / allowed };
}

/** Of a group's columns the largest bounds. */
function shiftOf(pairs: readonly ColumnPair[]): { readonly bound: number; readonly free: number } {
  return {
    bound: Math.max(...pairs.map(({ judged }) => judged!.bound)),
    free: Math.max(...pairs.map(({ judged }) => judged!.allowed)),
  };
}
