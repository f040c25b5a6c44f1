import type { CasePlace } from "./find-cases.ts";
import { BATCH_MILLISECONDS, BATCHES } from "./interleave.ts";
import type { Side } from "./side.ts";

/** A benchmark's time on this machine now: to look at, not to compare with another run's. */
export interface TimedCase extends CasePlace {
  /** Median processor time of a unit. */
  readonly milliseconds: number;
}

/** Times each case in one process, warmed up, and closes it. */
export async function timeAlone(cases: readonly CasePlace[], side: Side): Promise<readonly TimedCase[]> {
  const timed: TimedCase[] = [];
  try {
    for (const place of cases) {
      const stretch = { first: 0, batch: await side.batchFor(place, BATCH_MILLISECONDS), batches: BATCHES };
      await side.time(place, stretch);
      const { milliseconds, units } = await side.time(place, stretch);
      timed.push({ ...place, milliseconds: milliseconds / (units / BATCHES) });
    }
  } finally {
    await side.close();
  }
  return timed;
}
