import * as Plot from "@observablehq/plot";
import type { NumberScale } from "../frame/scale.js";
import type { ArmData, State, UnitData } from "./claim-data.js";

/** As it must be, as it must not be, or open: what supports a claim discredits its control. */
export function toneOf(state: State, kind: ArmData["kind"]): "good" | "bad" | "open" {
  if (state === "inconclusive") return "open";
  return (state === "supported") === (kind === "claimed") ? "good" : "bad";
}

/** The region as a band with the predicted value in it, and rivals as dashed ticks; one row each. */
export function predictionMarks(
  rows: readonly (Pick<UnitData, "region" | "predicted" | "rivals"> & { readonly row: number })[],
  scale: NumberScale,
): Plot.Markish[] {
  const rivals = rows.flatMap(({ rivals, row }) => rivals.map((rival) => ({ rival, row })));
  return [
    Plot.rect(rows, {
      x1: ({ region }: Pick<UnitData, "region">) => region[0] ?? scale.domain[0],
      x2: ({ region }: Pick<UnitData, "region">) => region[1] ?? scale.domain[1],
      y1: ({ row }: { row: number }) => row - 0.4,
      y2: ({ row }: { row: number }) => row + 0.4,
      fill: "var(--prediction)",
      fillOpacity: 0.22,
      className: "mark-region",
    }),
    Plot.ruleX(
      rows.filter(({ predicted }) => predicted !== null),
      { x: "predicted", ...across, stroke: "var(--prediction)", strokeWidth: 2, className: "mark-predicted" },
    ),
    Plot.ruleX(rivals, {
      x: "rival",
      ...across,
      stroke: "var(--rival)",
      strokeWidth: 2,
      strokeDasharray: "3,2",
      className: "mark-rival",
    }),
  ];
}

const across = {
  y1: ({ row }: { row: number }) => row - 0.4,
  y2: ({ row }: { row: number }) => row + 0.4,
} as const;
