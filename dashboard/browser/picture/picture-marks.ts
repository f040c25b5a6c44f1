import * as Plot from "@observablehq/plot";
import type { Curve, Series } from "./picture-data.js";

/** The hue of a series: the claimed experiment, what it is compared with, and the controls one after the other. */
export function hueOf({ kind, name }: Pick<Series, "kind" | "name">): string {
  if (kind !== "control") return `var(--${kind})`;
  const number = Number(/\d+/.exec(name)?.[0] ?? 1);
  return `var(--control-${((number - 1) % 3) + 1})`;
}

/** Theory's curves, each a ribbon as wide as its margin and the predicted value in it; an open end reaches the frame. */
export function theoryMarks(
  curves: readonly Curve[],
  [bottom, top]: readonly [number, number],
  curve: "linear" | "step-after" = "linear",
): Plot.Markish[] {
  return curves.flatMap(({ points }) => [
    Plot.areaY(points, {
      x: "x",
      y1: ({ low }: Curve["points"][number]) => Math.max(low ?? bottom, bottom),
      y2: ({ high }: Curve["points"][number]) => Math.min(high ?? top, top),
      curve,
      fill: "var(--prediction)",
      fillOpacity: 0.3,
      className: "mark-ribbon",
      clip: true,
    }),
    Plot.lineY(
      points.filter(({ y }) => y !== null),
      { x: "x", y: "y", curve, stroke: "var(--prediction)", strokeWidth: 2, className: "mark-theory", clip: true },
    ),
  ]);
}

/** What a careless reading would predict. */
export function rivalMarks(curves: readonly Curve[], curve: "linear" | "step-after" = "linear"): Plot.Markish[] {
  return curves.map(({ points }) =>
    Plot.lineY(
      points.filter(({ y }) => y !== null),
      {
        x: "x",
        y: "y",
        curve,
        stroke: "var(--rival)",
        strokeWidth: 2,
        strokeDasharray: "5,4",
        className: "mark-rival",
        clip: true,
      },
    ),
  );
}

/** A curve of one place is a short line there. */
export function widened(curves: readonly Curve[], half: number): readonly Curve[] {
  return curves.map(({ name, points }) => ({
    name,
    points:
      points.length > 1 ? points : points.flatMap((one) => [-half, half].map((by) => ({ ...one, x: one.x + by }))),
  }));
}
