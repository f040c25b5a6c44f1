import type * as Plot from "@observablehq/plot";
import { named } from "../frame/chart-frame.js";
import type { Observed, Place } from "./chart-place.js";
import type { ArmData } from "./claim-data.js";
import { lawChart, lawGapChart, measuresChart, scatterChart, slopeChart } from "./line-charts.js";
import { stripChart } from "./strip-chart.js";

/** The raw points of an arm, in the form that its statistic asks for, under the same prediction. */
export function observationsChart(arm: ArmData, width: number): Element {
  const holder = document.createElement("div");
  const drawn = arm.units.filter((unit): unit is Observed => unit.raw !== undefined);
  const strips = drawn.filter(({ raw }) => raw.kind === "values");
  holder.append(...stripCharts(strips, { arm, width }));
  for (const unit of drawn) {
    const charts = lineCharts(unit, { arm, width }).map((chart) => named(chart, `${unit.label}: ${arm.measure}`));
    if (charts.length > 0) holder.append(titled(charts, unit.label, drawn.length));
  }
  return holder;
}

/** One for all cells; of several measures, which have axes of their own, one each. */
function stripCharts(units: readonly Observed[], place: Place): readonly Element[] {
  const measures = new Set(
    units.flatMap(({ raw }) => (raw.kind === "values" ? raw.groups : []).map(({ measure }) => measure)),
  );
  return [...measures].map((measure) => {
    const own = units.map((unit): Observed => {
      const { raw } = unit;
      if (raw.kind !== "values") return unit;
      return { ...unit, raw: { ...raw, groups: raw.groups.filter((group) => group.measure === measure) } };
    });
    const chart = stripChart(own, place);
    return measure === undefined ? chart : titled([chart], measure, measures.size);
  });
}

function lineCharts(unit: Observed, place: Place): readonly ReturnType<typeof Plot.plot>[] {
  const { raw } = unit;
  if (raw.kind === "slope") return [slopeChart(unit, raw, place)];
  if (raw.kind === "scatter")
    return [unit.chart === "scatter" ? scatterChart(unit, raw, place) : measuresChart(unit, raw, place)];
  if (raw.kind === "law") return [lawChart(unit, raw, place), lawGapChart(unit, raw, place)];
  return [];
}

/** Charts of one unit or measure, under its name where there are several. */
function titled(charts: readonly Element[], label: string, units: number): Element {
  const holder = document.createElement("div");
  const title = document.createElement("p");
  title.className = "panel-title";
  title.textContent = label;
  holder.append(...(units > 1 ? [title] : []), ...charts);
  return holder;
}
