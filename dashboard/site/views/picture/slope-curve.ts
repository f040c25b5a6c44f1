import type { Curve } from "../../../browser/picture/picture-data.ts";

/** Ends and middle of what a line of some slope is drawn over, and the height at its middle. */
export interface SlopeFrame {
  readonly from: number;
  readonly centre: number;
  readonly to: number;
  readonly height: number;
}

type Ends = readonly [low: number | null, high: number | null];

/**
 * A slope says nothing of the height: its line goes through the middle of what was measured, and its margin is a fan about it.
 * Of a one-sided region the bound is the line, and the fan is all on its side: above it to the left of the middle and below it
 * to the right where slopes are at most the bound.
 */
export function slopeCurve(
  name: string,
  { from, centre, to, height }: SlopeFrame,
  middle: number | null,
  ends: Ends,
): Curve {
  const [low, high] = ends;
  const bound = middle ?? low ?? high;
  const along = (slope: number | null, x: number) => (slope === null ? null : height + slope * (x - centre));
  const at = (x: number, [under, over]: Ends) => ({
    x,
    y: along(bound, x),
    low: along(under, x),
    high: along(over, x),
  });
  const places = [at(from, [high, low]), at(centre, [high, low]), at(centre, [low, high]), at(to, [low, high])];
  return {
    name,
    points: low === null && high === null ? places.map((one) => ({ ...one, low: one.y, high: one.y })) : places,
  };
}
