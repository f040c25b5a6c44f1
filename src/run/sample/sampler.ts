import type { SampleKey } from "../files/sample-key.ts";
import type { ReplicateRange, SampleStore } from "../files/store.ts";
import { NOMINAL_RATES, secondsOf } from "../plan/cost-model.ts";
import { chunkReplicates, type PlannedSeries } from "../plan/plan.ts";
import type { InSlot } from "./slots.ts";
import type { Broken, Failure } from "./task.ts";

/** The first replicates of a series: one column a measure, in the order of `PlannedSeries.measures`. */
export interface Samples {
  readonly count: number;
  readonly columns: readonly Float64Array[];
}

/** Computes one chunk and gives its measures one after the other. */
type ComputeChunk = (
  series: PlannedSeries,
  range: ReplicateRange,
  limitSeconds: number,
) => Promise<Float64Array | Broken>;

export interface SamplerParts {
  readonly store: SampleStore;
  readonly keyOf: (series: PlannedSeries) => SampleKey;
  readonly compute: ComputeChunk;
  /** Waits for a place in which the series may be computed. */
  readonly inSlot: (series: PlannedSeries) => InSlot;
  /** Told after replicates were found, or computed and stored; waited for. */
  readonly onReplicates: (
    series: PlannedSeries,
    range: ReplicateRange,
    from: "store" | "worker",
  ) => void | Promise<void>;
  /** Replicates that the engine computes in hardly more time than one. */
  readonly together: number;
  /** Seconds a chunk may take; without it a limit derived from the predicted cost. */
  readonly timeout?: number;
}

export interface Sampler {
  /** The first `count` replicates. What is in the store is not computed again; asking for fewer than before costs nothing. */
  readonly request: (series: PlannedSeries, count: number) => Promise<Samples | Failure>;
  /** Forgets a series that nobody asks for any more, and gives what there was of it. */
  readonly release: (series: PlannedSeries) => Samples | undefined;
}

interface Growing {
  samples: Samples;
  /** Requests of one series wait for each other. */
  last: Promise<unknown>;
  /** A failure, and the smallest request that met it. */
  failure?: { readonly failure: Failure; readonly count: number };
}

/** Gives the samples of series, from the store or from workers. */
export function createSampler(parts: SamplerParts): Sampler {
  const known = new Map<string, Growing>();
  return {
    request: (series, count) => {
      const growing = known.get(series.stream) ?? { samples: noSamples(series), last: Promise.resolve() };
      known.set(series.stream, growing);
      const result = growing.last.then(() => grow(parts, series, growing, count));
      growing.last = result.catch(() => undefined);
      return result;
    },
    release: (series) => {
      const growing = known.get(series.stream);
      known.delete(series.stream);
      return growing?.samples;
    },
  };
}

/** The first `count` of those samples, without copying. */
function firstOf(samples: Samples, count: number): Samples {
  return { count, columns: samples.columns.map((column) => column.subarray(0, count)) };
}

async function grow(
  parts: SamplerParts,
  series: PlannedSeries,
  growing: Growing,
  count: number,
): Promise<Samples | Failure> {
  if (count <= growing.samples.count) return firstOf(growing.samples, count);
  if (growing.failure && growing.failure.count <= count) return growing.failure.failure;
  const columns = series.measures.map((_, column) => extended(growing.samples.columns[column]!, count));
  const gaps = await fillFromStore(parts, series, { columns, from: growing.samples.count });
  const failure = await computeGaps(parts, series, { columns, gaps });
  if (failure) {
    growing.failure = { failure, count };
    return failure;
  }
  growing.samples = { count, columns };
  return growing.samples;
}

function noSamples(series: PlannedSeries): Samples {
  return { count: 0, columns: series.measures.map(() => new Float64Array(0)) };
}

function extended(column: Float64Array, count: number): Float64Array {
  const longer = new Float64Array(count);
  longer.set(column);
  return longer;
}

/** Copies what the store has from replicate `from` on, and gives the ranges that it lacks. */
async function fillFromStore(
  { store, keyOf, onReplicates }: SamplerParts,
  series: PlannedSeries,
  { columns, from }: { readonly columns: readonly Float64Array[]; readonly from: number },
): Promise<readonly ReplicateRange[]> {
  const { key } = keyOf(series);
  const end = columns[0]!.length;
  let ranges = await store.ranges(key);
  const gaps: ReplicateRange[] = [];
  for (let at = from; at < end; ) {
    const range = furthest(ranges, at);
    if (!range) {
      const next = ranges.find(({ first }) => first > at)?.first ?? end;
      gaps.push({ first: at, count: Math.min(next, end) - at });
      at = next;
      continue;
    }
    const values = await store.read(key, range, columns.length);
    if (!values) {
      ranges = ranges.filter((other) => other !== range);
      continue;
    }
    const stop = Math.min(range.first + range.count, end);
    copy(values, range, columns, { first: at, count: stop - at });
    await onReplicates(series, { first: at, count: stop - at }, "store");
    at = stop;
  }
  return gaps;
}

/** Of the ranges that hold replicate `at` the one that reaches furthest. */
function furthest(ranges: readonly ReplicateRange[], at: number): ReplicateRange | undefined {
  let best: ReplicateRange | undefined;
  for (const range of ranges) {
    const end = range.first + range.count;
    if (range.first <= at && end > at && end > (best ? best.first + best.count : at)) best = range;
  }
  return best;
}

/** Copies the replicates `part` out of a chunk's values. */
function copy(
  values: Float64Array,
  range: ReplicateRange,
  columns: readonly Float64Array[],
  part: ReplicateRange,
): void {
  columns.forEach((column, index) => {
    const start = index * range.count + part.first - range.first;
    column.set(values.subarray(start, start + part.count), part.first);
  });
}

/**
 * Computes the gaps in chunks that end at multiples of the series' chunk size. After a failure later chunks are left out and
 * earlier ones are not, so that the failure given is the first one in the replicates' order, whatever the timing.
 */
async function computeGaps(
  parts: SamplerParts,
  series: PlannedSeries,
  { columns, gaps }: { readonly columns: readonly Float64Array[]; readonly gaps: readonly ReplicateRange[] },
): Promise<Failure | undefined> {
  let failed: { readonly first: number; readonly failure: Failure } | undefined;
  const size = chunkReplicates(series.experiment, parts.together);
  const chunks = gaps.flatMap((gap) => cut(gap, size));
  await Promise.all(
    chunks.map(async (range) => {
      const values = await parts.inSlot(series)(async () => {
        if (failed && failed.first < range.first) return undefined;
        return parts.compute(series, range, parts.timeout ?? limitOf(series, range));
      });
      if (values instanceof Float64Array) {
        await parts.store.write(parts.keyOf(series).key, range, values);
        copy(values, range, columns, range);
        await parts.onReplicates(series, range, "worker");
      } else if (values) {
        await keepBefore(parts, series, range, values);
        const { state, reason } = values;
        if (!failed || range.first < failed.first) failed = { first: range.first, failure: { state, reason } };
      }
    }),
  );
  return failed?.failure;
}

/** What a chunk had computed when it failed is not computed again by the next run. */
async function keepBefore(
  { store, keyOf, onReplicates }: SamplerParts,
  series: PlannedSeries,
  { first }: ReplicateRange,
  { before }: Broken,
): Promise<void> {
  if (before === undefined || before.count === 0) return;
  const range = { first, count: before.count };
  await store.write(keyOf(series).key, range, before.values);
  await onReplicates(series, range, "worker");
}

/** A gap in pieces that end at multiples of `size`: the same pieces whatever was asked for before, in whole blocks. */
function cut({ first, count }: ReplicateRange, size: number): readonly ReplicateRange[] {
  const pieces: ReplicateRange[] = [];
  const end = first + count;
  for (let at = first; at < end; ) {
    const stop = Math.min((Math.floor(at / size) + 1) * size, end);
    pieces.push({ first: at, count: stop - at });
    at = stop;
  }
  return pieces;
}

/** A minute is far longer than any chunk takes on a loaded machine, and thirty times the prediction than any is slowed down. */
const SHORTEST_LIMIT_SECONDS = 60;
const SLOWDOWN_LIMIT = 30;

/** Seconds that a chunk may take, by its predicted cost. */
export function limitOf({ experiment }: Pick<PlannedSeries, "experiment">, { count }: ReplicateRange): number {
  const predicted = secondsOf(experiment.cost, count, NOMINAL_RATES);
  return Math.ceil(Math.max(SHORTEST_LIMIT_SECONDS, SLOWDOWN_LIMIT * predicted));
}
