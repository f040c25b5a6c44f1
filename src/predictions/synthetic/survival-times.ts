import { log } from "../../numerics/elementary.ts";
import { nextUniform, type Stream } from "../../numerics/random.ts";
import type { Group } from "../../statistics/judges/judge.ts";

/**
 * Exponential times of a hazard, and where `censored` a second column: each is lost from sight at an exponential time of half the
 * hazard, a third of them before they are over. 0 gives times that never come.
 */
export function exponentialTimes(hazard: number, censored: boolean, count: number, stream: Stream): Group {
  const times = new Float64Array(count);
  const lost = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const over = hazard === 0 ? Number.POSITIVE_INFINITY : -log(nextUniform(stream)) / hazard;
    const until = censored ? -log(nextUniform(stream)) / (hazard === 0 ? 1 : hazard / 2) : Number.POSITIVE_INFINITY;
    times[i] = Math.min(over, until);
    lost[i] = until < over ? 1 : 0;
  }
  return { columns: censored ? [times, lost] : [times] };
}
