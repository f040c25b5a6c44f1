import type * as Plot from "@observablehq/plot";
import { named } from "../frame/chart-frame.js";
import type { Observed, Place } from "./chart-place.js";
import type { ArmData } from "./claim-data.js";
import { lawChart, lawGapChart, scatterChart, slopeChart } from "./line-charts.js";
import { stripChart } from "./strip-chart.js";

/** The raw points of an arm, in the form that its statistic asks for, under the same prediction. */
export function observationsChart(arm: ArmData, width: number): Element {
  const holder = document.createElement("div");
  const drawn = arm.units.filter((unit): unit is Observed => unit.raw !== undefined);
  const strips = drawn.filter(({ raw }) => raw.kind === "values");
  if (strips.length > 0) holder.append(stripChart(strips, { arm, width }));
  for (const unit of drawn) {
    const charts = lineCharts(unit, { arm, width }).map((chart) => named(chart, `${unit.label}: ${arm.measure}`));
    if (charts.length > 0) holder.append(titled(charts, unit.label, drawn.length));
  }
  return holder;
}

function lineCharts(unit: Observed, place: Place): readonly ReturnType<typeof Plot.plot>[] {
  const { raw } = unit;
  if (raw.kind === "slope") return [slopeChart(unit, raw, place)];
  if (raw.kind === "scatter") return [scatterChart(unit, raw, place)];
  if (raw.kind === "law") return [lawChart(unit, raw, place), lawGapChart(unit, raw, place)];
  return [];
}

/** Charts of one unit, under its label where the arm has several. */
function titled(charts: readonly Element[], label: string, units: number): Element {
  const holder = document.createElement("div");
  const title = document.createElement("p");
  title.className = "panel-title";
  title.textContent = label;
  holder.append(...(units > 1 ? [title] : []), ...charts);
  return holder;
}
