import { momentsOf, type Seen } from "./survival-times.ts";

/** A finite time at which replicates of two groups are over, and how many were at risk: of the first and of the second. */
export interface PairedMoment {
  readonly events: readonly [number, number];
  readonly atRisk: readonly [number, number];
}

/** The times at which something is over in either group, in ascending order. */
export function pairedMoments(first: readonly Seen[], second: readonly Seen[]): readonly PairedMoment[] {
  const counts = [first, second].map((seen) => momentsOf(seen).filter(({ events }) => events > 0));
  const times = [...new Set(counts.flatMap((moments) => moments.map(({ time }) => time)))].sort((a, b) => a - b);
  const eventsAt = counts.map((moments) => new Map(moments.map(({ time, events }) => [time, events])));
  const sorted = [first, second].map((seen) => Float64Array.from(seen, ({ time }) => time).sort());
  const gone = [0, 0];
  return times.map((time) => {
    const at = (group: 0 | 1): number => {
      while (sorted[group]![gone[group]!]! < time) gone[group]!++;
      return sorted[group]!.length - gone[group]!;
    };
    const over = (group: 0 | 1): number => eventsAt[group]!.get(time) ?? 0;
    return { atRisk: [at(0), at(1)], events: [over(0), over(1)] };
  });
}

/** The same with the groups in the other order. */
export function swapped({ events, atRisk }: PairedMoment): PairedMoment {
  return { events: [events[1], events[0]], atRisk: [atRisk[1], atRisk[0]] };
}
