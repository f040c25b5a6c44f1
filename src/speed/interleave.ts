import type { CasePlace } from "./find-cases.ts";
import type { Side } from "./side.ts";
import type { Stretch } from "./timing.ts";

/** Milliseconds of one batch: a thousand steps of the clock. */
export const BATCH_MILLISECONDS = 4;
/** Batches of a stretch, of which the quickest counts: one that a collection of garbage falls into costs nothing. */
export const BATCHES = 4;

/** What one benchmark came to, round by round. */
export interface CaseTimes {
  readonly place: CasePlace;
  /** Natural logarithm of the head's time over the base's, one a round. */
  readonly logRatios: readonly number[];
  /** Milliseconds a unit, one a round. */
  readonly base: readonly number[];
  readonly head: readonly number[];
}

export interface InterleaveOptions {
  readonly cases: readonly CasePlace[];
  readonly rounds: number;
  /** Starts a fresh process of a side. */
  readonly open: (side: "base" | "head") => Side;
  /** A fair coin. */
  readonly coin: () => boolean;
  /** Called after each round. */
  readonly tell: (round: number) => void;
}

export interface Interleaved {
  readonly times: readonly CaseTimes[];
  /** Which side went first in each round. */
  readonly first: readonly ("base" | "head")[];
}

/**
 * Times two sides in rounds. A round starts a fresh process of each, because where code and data come to lie in memory is
 * part of the noise, and it is drawn once a process; the coin says whose is started and timed first. Each benchmark is warmed
 * up in both, and timed first, second, second, first, so that a machine that speeds up or slows down steadily does so for
 * both. Cost: about 0.15 seconds a benchmark and round.
 */
export async function interleave({ cases, rounds, open, coin, tell }: InterleaveOptions): Promise<Interleaved> {
  const stretches = await withSides([open("head")], ([head]) => plan(cases, head!));
  const first: ("base" | "head")[] = [];
  const times = cases.map((place) => ({
    place,
    logRatios: [] as number[],
    base: [] as number[],
    head: [] as number[],
  }));
  for (let round = 0; round < rounds; round++) {
    const headFirst = coin();
    first.push(headFirst ? "head" : "base");
    const order = headFirst ? (["head", "base"] as const) : (["base", "head"] as const);
    await withSides(order.map(open), async ([one, two]) => {
      for (const [at, place] of cases.entries()) {
        const [own, other] = await timePair(place, stretches[at]!, [one!, two!]);
        const [head, base] = headFirst ? [own, other] : [other, own];
        times[at]!.head.push(head);
        times[at]!.base.push(base);
        times[at]!.logRatios.push(Math.log(head / base));
      }
    });
    tell(round + 1);
  }
  return { times, first };
}

async function plan(cases: readonly CasePlace[], head: Side): Promise<readonly Stretch[]> {
  const stretches: Stretch[] = [];
  for (const place of cases) {
    const batch = await head.batchFor(place, BATCH_MILLISECONDS);
    stretches.push({ first: 0, batch, batches: BATCHES });
  }
  return stretches;
}

/** Milliseconds a unit of both, in the order in which they go: the quicker of two stretches each. */
async function timePair(
  place: CasePlace,
  stretch: Stretch,
  [one, two]: readonly [Side, Side],
): Promise<readonly [number, number]> {
  for (const side of [one, two]) await side.time(place, stretch);
  const length = stretch.batch * stretch.batches;
  const next = { ...stretch, first: stretch.first + length };
  const last = { ...stretch, first: stretch.first + 2 * length };
  const outer = await one.time(place, next);
  const inner = await two.time(place, next);
  const innerAgain = await two.time(place, last);
  const outerAgain = await one.time(place, last);
  const perUnit = ({ milliseconds, units }: typeof outer) => milliseconds / (units / stretch.batches);
  return [Math.min(perUnit(outer), perUnit(outerAgain)), Math.min(perUnit(inner), perUnit(innerAgain))];
}

async function withSides<T>(sides: readonly Side[], use: (sides: readonly Side[]) => Promise<T>): Promise<T> {
  try {
    return await use(sides);
  } finally {
    await Promise.all(sides.map((side) => side.close()));
  }
}
