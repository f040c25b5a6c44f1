import type { Unit } from "../claim/unit.ts";
import type { SourceSamples } from "./arm-evidence.ts";
import type { EnginesApart, ObservationBound } from "./engines-apart.ts";
import type { Samples } from "./sampler.ts";

/** How far the observations behind one estimate are apart, replicate by replicate. */
export interface ObservationPairs {
  /** Observations of which any bit differs. */
  readonly differing: number;
  readonly largest: number;
  /** The column that takes the largest share of its bound; undefined where a column has none. */
  readonly worst: { readonly bound: number; readonly share: number } | undefined;
  /** The bound of each group's observations, where all have one. */
  readonly shifts: readonly number[] | undefined;
  readonly because: string;
}

interface ColumnPair {
  readonly group: number;
  readonly differing: number;
  readonly largest: number;
  readonly bound: ObservationBound | undefined;
}

/** Compares every column that a unit's groups read; replicates that do not count are compared as well. Cost: one pass. */
export function pairObservations(
  unit: Unit,
  { primary, other }: { readonly primary: readonly SourceSamples[]; readonly other: readonly SourceSamples[] },
  boundOf: EnginesApart["boundOf"],
): ObservationPairs {
  const pairs = unit.groups.flatMap(({ source, columns }, group) =>
    columns.map((measure): ColumnPair => {
      const { series } = primary[source]!;
      const index = series.measures.indexOf(measure);
      const [was, is] = [primary[source]!, other[source]!].map(({ samples }) => (samples as Samples).columns[index]!);
      const { name, setup } = series.experiment;
      return { group, ...differences(was!, is!), bound: boundOf({ name, setup, measure }) };
    }),
  );
  const bounds = pairs.map(({ bound }) => bound);
  const derived = bounds.every((bound) => bound !== undefined);
  return {
    differing: pairs.reduce((sum, { differing }) => sum + differing, 0),
    largest: Math.max(...pairs.map(({ largest }) => largest)),
    worst: derived ? worstOf(pairs) : undefined,
    shifts: derived ? unit.groups.map((_, group) => largestBound(pairs, group)) : undefined,
    because: derived
      ? [...new Set(bounds.map((bound) => bound!.because))].join("; ")
      : "no bound is derived for this measure: the difference is shown and not judged",
  };
}

function differences(was: Float64Array, is: Float64Array): Pick<ColumnPair, "differing" | "largest"> {
  const count = Math.min(was.length, is.length);
  let differing = 0;
  let largest = 0;
  for (let replicate = 0; replicate < count; replicate++) {
    const [from, to] = [was[replicate]!, is[replicate]!];
    if (Object.is(from, to)) continue;
    differing++;
    // zeros of two signs, and nothing else, differ in bits and not in value
    largest = Math.max(largest, from === to ? 0 : Math.abs(to - from));
  }
  return { differing, largest };
}

function worstOf(pairs: readonly ColumnPair[]): NonNullable<ObservationPairs["worst"]> {
  const shares = pairs.map(({ differing, largest, bound }) => ({
    bound: bound!.bound,
    // a bound of 0 is about bytes: also zeros of two signs are beyond it
    share: differing === 0 ? 0 : bound!.bound === 0 ? Infinity : largest / bound!.bound,
  }));
  return shares.reduce((worst, each) => (each.share > worst.share ? each : worst));
}

function largestBound(pairs: readonly ColumnPair[], group: number): number {
  return Math.max(...pairs.filter((pair) => pair.group === group).map(({ bound }) => bound!.bound));
}
