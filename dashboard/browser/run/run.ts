import * as Plot from "@observablehq/plot";
import { drawInto, type Invalidation, labelMargin, named, STYLE, shortened } from "../frame/chart-frame.js";

interface Timing {
  readonly title: string;
  readonly slug: string;
  readonly seconds: number;
}

/** Computing time of each claim, the longest first. */
export function drawTimings(timings: readonly Timing[], invalidation: Invalidation): void {
  const sorted = [...timings].sort((a, b) => b.seconds - a.seconds);
  drawInto(document.querySelector("#timings-chart .chart"), (width) => timingsChart(sorted, width), invalidation);
}

/** Seconds a claim, the longest first. */
export function timingsChart(timings: readonly Timing[], width: number): Element {
  if (timings.every(({ seconds }) => seconds === 0)) {
    const nothing = document.createElement("p");
    nothing.textContent = "Nothing was computed: every observation was found again.";
    return nothing;
  }
  const marginLeft = labelMargin(
    timings.map(({ title }) => title),
    width * 1.15,
  );
  const plot = Plot.plot({
    width,
    height: Math.max(1, timings.length) * 18 + 30,
    marginLeft,
    marginRight: 50,
    marginTop: 22,
    marginBottom: 4,
    style: STYLE,
    x: { axis: "top", grid: true, label: null, ticks: Math.max(2, Math.min(6, Math.floor((width - marginLeft) / 60))) },
    y: { axis: null, domain: timings.map(({ slug }) => slug) },
    marks: [
      Plot.barX(timings, {
        x: "seconds",
        y: "slug",
        fill: "var(--prediction)",
        fillOpacity: 0.55,
        insetTop: 2,
        insetBottom: 2,
      }),
      Plot.text(timings, {
        x: "seconds",
        y: "slug",
        dx: 4,
        textAnchor: "start",
        text: ({ seconds }: Timing) => `${seconds.toFixed(1)} s`,
      }),
      Plot.text(timings, {
        frameAnchor: "left",
        y: "slug",
        dx: -8,
        textAnchor: "end",
        text: ({ title }: Timing) => shortened(title, marginLeft),
        href: ({ slug }: Timing) => `./claims/${slug}`,
        ariaLabel: ({ title, seconds }: Timing) => `${title}: ${seconds.toFixed(1)} seconds`,
      }),
    ],
  });
  return named(plot, "Seconds a claim");
}
