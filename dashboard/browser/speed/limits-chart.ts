import * as Plot from "@observablehq/plot";
import { colourOf, dotOf, engineLegend } from "../engines/engine-marks.js";
import { labelMargin, named, STYLE, shortened } from "../frame/chart-frame.js";
import type { KernelGroup } from "./speed-data.js";

const ROW = 24;
/** Below this width row labels stand above their rows. */
const NARROW = 520;

interface Dot {
  readonly workload: string;
  readonly row: number;
  readonly engine: string;
  readonly share: number;
}

/** Which part of the machine's limit each kernel reaches: a panel for each file of benchmarks, all on one scale. */
export function limitsChart(groups: readonly KernelGroup[], width: number): Element {
  const holder = document.createElement("div");
  const workloads = groups.flatMap((group) => group.workloads);
  const shares = workloads.flatMap((one) => one.shares);
  const labels = workloads.map(({ workload }) => workload);
  const marginLeft = width < NARROW ? 14 : labelMargin(labels, width * 1.3);
  const most = Math.max(1, ...shares.map(({ share }) => share)) * 1.04;
  holder.append(
    engineLegend([...new Set(shares.map(({ engine }) => engine))]),
    ...groups.flatMap((group) => [title(group.file), panel(group, { width, marginLeft, most })]),
  );
  return holder;
}

function title(words: string): Element {
  const line = document.createElement("p");
  line.className = "panel-title";
  line.textContent = words;
  return line;
}

interface Frame {
  readonly width: number;
  readonly marginLeft: number;
  readonly most: number;
}

interface Row {
  readonly workload: string;
  readonly row: number;
}

function panel({ file, workloads }: KernelGroup, { width, marginLeft, most }: Frame): Element {
  const narrow = width < NARROW;
  const dots = workloads.flatMap(({ workload, shares }, row) =>
    shares.map(({ engine, share }): Dot => ({ workload, row, engine, share })),
  );
  const rows = workloads.map(({ workload }, row): Row => ({ workload, row }));
  const chart = Plot.plot({
    width,
    height: workloads.length * (narrow ? 1.6 * ROW : ROW) + 26,
    ...{ marginLeft, marginRight: 18, marginTop: 2, marginBottom: 22 },
    style: STYLE,
    x: {
      ...{ domain: [0, most], grid: true, label: null, ticks: Math.min(10, Math.floor(width / 70)) },
      tickFormat: (share: number) => `${Math.round(100 * share)} %`,
    },
    y: { domain: [-0.5, workloads.length - 0.5], reverse: true, axis: null },
    marks: [
      // Where names stand above their rows, the line stops short of them.
      Plot.ruleX(rows, {
        ...{ x: 1, y1: ({ row }: Row) => row - (narrow ? 0 : 0.5), y2: ({ row }: Row) => row + 0.5 },
        ...{ stroke: "var(--prediction)", strokeWidth: 2, className: "mark-limit" },
      }),
      ...[...new Set(dots.map(({ engine }) => engine))].map((engine) =>
        Plot.dot(
          dots.filter((dot) => dot.engine === engine),
          { x: "share", y: "row", dy: narrow ? 7 : 0, r: 4, ...dotOf(engine), className: "mark-share" },
        ),
      ),
      Plot.text(rows, {
        ...{ frameAnchor: "left", y: "row", dx: narrow ? 0 : -8, dy: narrow ? -9 : 0, fill: "currentColor" },
        textAnchor: narrow ? "start" : "end",
        text: ({ workload }: Row) => shortened(workload, narrow ? width : marginLeft),
      }),
      Plot.tip(dots, {
        ...Plot.pointer({ x: "share", y: "row", title: sentence, fontSize: 12 }),
        stroke: ({ engine }: Dot) => colourOf(engine),
      }),
    ],
  });
  return named(chart, `${file}, part of the machine's limit. ${dots.map(sentence).join("; ")}`);
}

function sentence({ workload, engine, share }: Dot): string {
  return `${workload}, ${engine}: ${Math.round(100 * share)} % of the limit`;
}
