import * as Plot from "@observablehq/plot";

type Symbol = "circle" | "square" | "triangle" | "diamond" | "star" | "wye";

/** Engines are told apart by colour and by shape, the same in every chart. */
const MARKS: Readonly<Record<string, { readonly symbol: Symbol; readonly colour: string }>> = {
  reference: { symbol: "circle", colour: "var(--engine-reference)" },
  wasm: { symbol: "square", colour: "var(--engine-wasm)" },
  "wasm-fast": { symbol: "triangle", colour: "var(--engine-wasm-fast)" },
  openblas: { symbol: "diamond", colour: "var(--engine-openblas)" },
  tensorflow: { symbol: "star", colour: "var(--engine-tensorflow)" },
  webgpu: { symbol: "wye", colour: "var(--engine-webgpu)" },
};

export function symbolOf(engine: string): Symbol {
  return MARKS[engine]?.symbol ?? "circle";
}

export function colourOf(engine: string): string {
  return MARKS[engine]?.colour ?? "currentColor";
}

/** Which mark is whose, as a list under the same style as the other legends. */
export function engineLegend(engines: readonly string[]): HTMLElement {
  const list = document.createElement("ul");
  list.className = "legend";
  list.append(
    ...engines.map((engine) => {
      const item = document.createElement("li");
      item.append(markOf(engine), ` ${engine}`);
      return item;
    }),
  );
  return list;
}

function markOf(engine: string): Element {
  const mark = Plot.plot({
    ...{ width: 16, height: 16, margin: 0, axis: null },
    marks: [Plot.dot([0], { frameAnchor: "middle", r: 4.5, ...dotOf(engine) })],
  });
  mark.setAttribute("aria-hidden", "true");
  mark.querySelector("style")?.remove();
  for (const group of mark.querySelectorAll("[aria-label]")) group.removeAttribute("aria-label");
  return mark;
}

/** How an engine's dot is drawn: filled thinly, so that dots over each other are both seen. */
export function dotOf(engine: string) {
  const colour = colourOf(engine);
  return { symbol: symbolOf(engine), fill: colour, fillOpacity: 0.25, stroke: colour, strokeWidth: 2 } as const;
}
