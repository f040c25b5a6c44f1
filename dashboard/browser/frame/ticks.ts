import * as Plot from "@observablehq/plot";

type Words = (value: number) => string;

/**
 * Ticks across, at places or about so many, each with its words. A scale's own `tickFormat` would not do: of a logarithmic scale D3 words only those near
 * a power of ten, and cells at 8 and 64 stand without a number.
 */
export function ticksAcross(
  ticks: number | readonly number[],
  words: Words,
  anchor: "bottom" | "top" = "bottom",
): Plot.Markish {
  return Plot.axisX({ anchor, ticks: placed(ticks), text: words });
}

/** The same, up. */
export function ticksUp(ticks: number | readonly number[], words: Words): Plot.Markish {
  return Plot.axisY({ ticks: placed(ticks), text: words });
}

function placed(ticks: number | readonly number[]): number | number[] {
  return typeof ticks === "number" ? ticks : [...ticks];
}
