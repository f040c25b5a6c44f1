import { UnsupportedError } from "../lab/contract/engine.ts";
import type { CasePlace } from "./find-cases.ts";
import { BATCH_MILLISECONDS, BATCHES } from "./interleave.ts";
import type { Side } from "./side.ts";

/** A benchmark's time on this machine now: to look at, not to compare with another run's. */
export interface TimedCase extends CasePlace {
  /** Median processor time of a unit. */
  readonly milliseconds: number;
}

/** A benchmark of an engine that this machine does not have, and why. */
export interface RefusedCase extends CasePlace {
  readonly unsupported: string;
}

/** Times each case in one process, warmed up, and closes it. What an engine refuses is told, and the rest goes on. */
export async function timeAlone(
  cases: readonly CasePlace[],
  side: Side,
): Promise<{ readonly timed: readonly TimedCase[]; readonly refused: readonly RefusedCase[] }> {
  const timed: TimedCase[] = [];
  const refused: RefusedCase[] = [];
  try {
    for (const place of cases) {
      const batch = await side.batchFor(place, BATCH_MILLISECONDS).catch(refusalOf);
      if (typeof batch === "string") {
        refused.push({ ...place, unsupported: batch });
        continue;
      }
      const stretch = { first: 0, batch, batches: BATCHES };
      await side.time(place, stretch);
      const { milliseconds, units } = await side.time(place, stretch);
      timed.push({ ...place, milliseconds: milliseconds / (units / BATCHES) });
    }
  } finally {
    await side.close();
  }
  return { timed, refused };
}

function refusalOf(error: unknown): string {
  if (error instanceof UnsupportedError) return error.message;
  throw error;
}
