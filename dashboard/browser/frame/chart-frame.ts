/** Resolves when Framework runs the cell again or leaves the page. */
export type Invalidation = Promise<unknown>;

/** Draws into a container, and again whenever its width changes. Does nothing where the container is not on the page. */
export function drawInto(
  container: Element | null,
  draw: (width: number) => Element,
  invalidation: Invalidation,
): void {
  if (container === null) return;
  let drawn = 0;
  const observer = new ResizeObserver(([entry]) => {
    const width = Math.floor(entry?.contentRect.width ?? 0);
    if (width === drawn || width === 0) return;
    drawn = width;
    container.replaceChildren(draw(width));
  });
  observer.observe(container);
  invalidation.then(() => observer.disconnect());
}

/**
 * Names a chart for screen readers. Plot sets no role on its SVG, and the `aria-label` that it puts on the group of a mark is
 * not allowed there without one. A chart with links is a group: an image may hold nothing that takes the focus.
 */
export function named<Chart extends Element>(chart: Chart, label: string): Chart {
  const svg = chart.tagName.toLowerCase() === "svg" ? chart : chart.querySelector("svg");
  svg?.setAttribute("role", svg.querySelector("a") ? "group" : "img");
  svg?.setAttribute("aria-label", label);
  for (const link of svg?.querySelectorAll("a") ?? []) {
    const mark = link.querySelector("[aria-label]");
    const name = mark?.getAttribute("aria-label");
    if (!mark || !name) continue;
    link.setAttribute("aria-label", name);
    mark.removeAttribute("aria-label");
  }
  for (const group of svg?.querySelectorAll("g[aria-label]") ?? []) group.setAttribute("role", "group");
  return chart;
}

/** The font of all charts. */
export const STYLE = { fontSize: "12px", fontFamily: "var(--sans-serif)", overflow: "visible" } as const;

/** Room for row labels: as wide as the longest, at most a share of the chart. */
export function labelMargin(labels: readonly string[], width: number): number {
  const longest = Math.max(0, ...labels.map((label) => label.length));
  return Math.round(Math.min(longest * 6.6 + 16, width * 0.36));
}

/** A label that fits its margin. */
export function shortened(label: string, margin: number): string {
  const most = Math.max(4, Math.floor((margin - 14) / 6.6));
  return label.length <= most ? label : `${label.slice(0, most - 1)}…`;
}
