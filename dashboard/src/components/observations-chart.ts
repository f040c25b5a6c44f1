import * as Plot from "@observablehq/plot";
import { named } from "./chart-frame.js";
import type { ArmData, Raw, UnitData } from "./claim-data.js";
import { lawChart, scatterChart, slopeChart } from "./line-charts.js";
import { stripChart } from "./strip-chart.js";

/** The raw points of an arm, in the form that its statistic asks for, under the same prediction. */
export function observationsChart(arm: ArmData, width: number): Element {
  const holder = document.createElement("div");
  const drawn = arm.units.filter((unit): unit is Observed => unit.raw !== undefined);
  const strips = drawn.filter(({ raw }) => raw.kind === "values");
  if (strips.length > 0) holder.append(stripChart(strips, { arm, width }));
  for (const unit of drawn) {
    const chart = lineChart(unit, { arm, width });
    if (chart !== undefined) holder.append(titled(named(chart, `${unit.label}: ${arm.measure}`), unit.label, drawn.length));
  }
  return holder;
}

export type Observed = UnitData & { readonly raw: Raw };

export interface Place {
  readonly arm: ArmData;
  readonly width: number;
}

function lineChart(unit: Observed, place: Place): ReturnType<typeof Plot.plot> | undefined {
  const { raw } = unit;
  if (raw.kind === "slope") return slopeChart(unit, raw, place);
  if (raw.kind === "scatter") return scatterChart(unit, raw, place);
  if (raw.kind === "law") return lawChart(unit, raw, place);
  return undefined;
}

function titled(chart: Element, label: string, charts: number): Element {
  if (charts < 2) return chart;
  const holder = document.createElement("div");
  const title = document.createElement("p");
  title.className = "panel-title";
  title.textContent = label;
  holder.append(title, chart);
  return holder;
}
