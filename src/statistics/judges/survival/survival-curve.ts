import type { Moment } from "./survival-times.ts";

/** A falling curve of steps, 1 from time 0 on: its value at a step's own time, and after it until the next. */
export interface Step {
  readonly time: number;
  readonly at: number;
  readonly after: number;
}

/** E. L. Kaplan and P. Meier's estimate of the part that is left, JASA 53, 1958, 457-481. */
export function kaplanMeier(moments: readonly Moment[]): readonly Step[] {
  let left = 1;
  return moments.map(({ time, atRisk, events }) => {
    left *= 1 - events / atRisk;
    return { time, at: left, after: left };
  });
}

/** The part left at a time, those over at that very time not counted. */
export function leftAt(curve: readonly Step[], time: number): number {
  let left = 1;
  for (const step of curve) {
    if (step.time > time) break;
    left = step.time === time ? step.at : step.after;
  }
  return left;
}

/** Area under the curve from 0 to `until`: the mean of the lesser of time and `until`. */
export function areaUntil(curve: readonly Step[], until: number): number {
  let [area, left, from] = [0, 1, 0];
  for (const { time, after } of curve) {
    if (time >= until) break;
    area += left * (time - from);
    [left, from] = [after, time];
  }
  return area + left * (until - from);
}

/** The first time at which no more than a half is left; Infinity where that is never seen. */
export function timeOfHalf(curve: readonly Step[]): number {
  return curve.find(({ at, after }) => Math.min(at, after) <= 0.5)?.time ?? Number.POSITIVE_INFINITY;
}
