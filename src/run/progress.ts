import type { RunEvent } from "./events.ts";
import type { JournalChunk } from "./files/journal.ts";
import type { ReplicateRange } from "./files/store.ts";
import { NOMINAL_RATES, secondsOf } from "./plan/cost-model.ts";
import { type Plan, type PlannedSeries, replicatesAt, secondsOfPlan } from "./plan/plan.ts";

/** Counts what is done, times it and tells how long the rest will take. */
export interface Progress {
  /** An arm is going to ask for the first `count` replicates. */
  readonly expect: (series: PlannedSeries, count: number) => void;
  readonly timed: <T>(series: PlannedSeries, range: ReplicateRange, work: () => Promise<T>) => Promise<T>;
  /** Gives the seconds that the range took; 0 for what was found. */
  readonly done: (series: PlannedSeries, range: ReplicateRange, from: "store" | "worker") => number;
  readonly totals: () => { claimSeconds: Record<string, number>; computed: number; found: number };
}

interface ProgressParts {
  readonly plan: Plan;
  readonly workers: number;
  readonly effects: { readonly emit: (event: RunEvent) => void; readonly now: () => number };
  /** What an interrupted part of the run computed: counts as computed by this run. */
  readonly earlier: readonly JournalChunk[];
}

/**
 * The time left is the predicted time of what is still asked for, times how wrong the prediction was so far; `PRIOR_SECONDS`
 * of work count as predicted rightly, so that the first short chunk does not make the estimate jump.
 */
export function createProgress({ plan, workers, effects, earlier }: ProgressParts): Progress {
  const asked = firstLooks(plan);
  const tally = { done: 0, computed: 0, found: 0, predicted: PRIOR_SECONDS, measured: PRIOR_SECONDS };
  const left = { seconds: 0 };
  let total = 0;
  for (const [stream, count] of asked) {
    left.seconds += predicted(plan.series.get(stream)!, count);
    total += count;
  }
  const running = new Map<string, number>();
  const claimSeconds = new Map<string, number>();
  const again = earlierReplicates(earlier, claimSeconds);
  effects.emit(planned(plan, workers));
  return {
    expect: (series, count) => {
      const before = asked.get(series.stream) ?? 0;
      if (count <= before) return;
      asked.set(series.stream, count);
      total += count - before;
      left.seconds += predicted(series, count - before);
    },
    timed: async (series, range, work) => {
      const start = effects.now();
      try {
        return await work();
      } finally {
        const seconds = Math.max(0, effects.now() - start) / 1000;
        running.set(rangeKey(series, range), seconds);
        claimSeconds.set(series.claim, (claimSeconds.get(series.claim) ?? 0) + seconds);
      }
    },
    done: (series, range, from) => {
      const seconds = running.get(rangeKey(series, range)) ?? 0;
      running.delete(rangeKey(series, range));
      const guess = predicted(series, range.count);
      tally.done += range.count;
      left.seconds = Math.max(0, left.seconds - guess);
      if (from === "worker") {
        tally.computed += range.count;
        tally.predicted += guess;
        tally.measured += seconds;
      } else {
        tally.found += range.count;
      }
      const secondsLeft = (left.seconds * tally.measured) / tally.predicted / workers;
      const { done, computed, found } = tally;
      effects.emit({ kind: "progress", done, total, computed, found, secondsLeft });
      return seconds;
    },
    totals: () => ({
      claimSeconds: Object.fromEntries([...claimSeconds].sort(([a], [b]) => (a < b ? -1 : 1))),
      computed: tally.computed + again,
      found: Math.max(0, tally.found - again),
    }),
  };
}

const PRIOR_SECONDS = 2;

function planned(plan: Plan, workers: number): RunEvent {
  let replicates = 0;
  for (const series of plan.series.values()) replicates += series.replicates;
  return {
    kind: "planned",
    claims: plan.claims.length,
    arms: plan.arms.length,
    cells: plan.series.size,
    replicates,
    seconds: secondsOfPlan(plan, NOMINAL_RATES, workers),
  };
}

function predicted({ experiment }: PlannedSeries, count: number): number {
  return secondsOf(experiment.cost, count, NOMINAL_RATES);
}

/** What the first looks of all arms ask for: the most by any arm. */
function firstLooks(plan: Plan): Map<string, number> {
  const asked = new Map<string, number>();
  for (const { arm, streams } of plan.arms) {
    streams.forEach((stream, index) => {
      const count = replicatesAt(arm.sources[index]!, 1);
      asked.set(stream, Math.max(asked.get(stream) ?? 0, count));
    });
  }
  return asked;
}

/** Adds the seconds of an interrupted part to its claims and gives its replicates. */
function earlierReplicates(earlier: readonly JournalChunk[], claimSeconds: Map<string, number>): number {
  let replicates = 0;
  for (const { claim, count, seconds } of earlier) {
    replicates += count;
    claimSeconds.set(claim, (claimSeconds.get(claim) ?? 0) + seconds);
  }
  return replicates;
}

function rangeKey({ stream }: PlannedSeries, { first }: ReplicateRange): string {
  return `${stream} ${first}`;
}
