import * as Plot from "@observablehq/plot";
import { drawInto, type Invalidation, labelMargin, named, STYLE } from "../frame/chart-frame.js";

export interface Term {
  readonly term: string;
  readonly weight: number;
}

/** The paper's key terms by weight. */
export function drawTerms(terms: readonly Term[], invalidation: Invalidation): void {
  drawInto(document.querySelector("#terms-chart .chart"), (width) => chart(terms, width), invalidation);
}

function chart(terms: readonly Term[], width: number): Element {
  const plot = Plot.plot({
    width: Math.min(width, 640),
    height: terms.length * 18 + 10,
    marginLeft: labelMargin(
      terms.map(({ term }) => term),
      width,
    ),
    marginRight: 44,
    marginTop: 4,
    marginBottom: 4,
    style: STYLE,
    x: { axis: null, domain: [0, Math.max(...terms.map(({ weight }) => weight))] },
    y: { label: null, tickSize: 0, domain: terms.map(({ term }) => term) },
    marks: [
      Plot.barX(terms, {
        x: "weight",
        y: "term",
        fill: "var(--prediction)",
        fillOpacity: 0.55,
        insetTop: 2,
        insetBottom: 2,
      }),
      Plot.text(terms, {
        x: "weight",
        y: "term",
        dx: 4,
        textAnchor: "start",
        text: ({ weight }: Term) => weight.toFixed(3),
      }),
    ],
  });
  return named(plot, "Key terms by weight");
}
