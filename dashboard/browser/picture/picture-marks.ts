import * as Plot from "@observablehq/plot";
import type { Curve, Series } from "./picture-data.js";

/** The hue of a series: the claimed experiment, what it is compared with, and the controls one after the other. */
export function hueOf({ kind, name }: Pick<Series, "kind" | "name">): string {
  if (kind !== "control") return `var(--${kind})`;
  const number = Number(/\d+/.exec(name)?.[0] ?? 1);
  return `var(--control-${((number - 1) % 3) + 1})`;
}

/** Points of a crowd are small and let others through, a few can be seen one by one. */
export function dotOf(count: number): { readonly r: number; readonly fillOpacity: number } {
  return count <= 20 ? { r: 3, fillOpacity: 0.7 } : { r: 1.5, fillOpacity: 0.45 };
}

/** The broken line of what a control is held against; the others are whole. */
export function lineOf({ isCompared }: Pick<Series, "isCompared">): Plot.LineOptions {
  return isCompared ? { strokeDasharray: "2,4" } : {};
}

/** A control's mark is a cross, upright where it is what another is held against. */
export function symbolOf({ kind, isCompared }: Pick<Series, "kind" | "isCompared">): "times" | "plus" | "circle" {
  if (kind !== "control") return "circle";
  return isCompared ? "plus" : "times";
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

/** Where two measures in one unit are equal. */
export function equalLine([low, high]: readonly [number, number]): Plot.Markish {
  const ends = [low, high];
  return Plot.line(ends, {
    ...{ x: (at: number) => at, y: (at: number) => at, stroke: "currentColor", strokeOpacity: 0.5 },
    ...{ strokeDasharray: "2,3", className: "mark-equal", clip: true },
  });
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
