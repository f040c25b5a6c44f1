import type { AnyCell, AxisValue, Grid } from "../../predictions/cells.ts";
import { UsageError } from "../errors.ts";
import { didYouMean } from "./nearest.ts";

/**
 * A cell from `axis=value` words, on the grid or off it: numbers may be any of the axis's kind (whole where the grid has
 * whole ones), words must be on the grid. An axis with one value need not be set. Throws `UsageError`.
 */
export function parseCell(words: readonly string[], grid: Grid): AnyCell {
  const given = new Map(words.map(splitWord));
  for (const axis of given.keys()) {
    if (Object.hasOwn(grid, axis)) continue;
    const axes = Object.keys(grid);
    throw new UsageError(`--set names axis ${axis}, the grid has ${axes.join(" ")}${didYouMean(axis, axes)}`);
  }
  if (given.size < words.length) throw new UsageError("--set needs each axis once, got one twice");
  const entries = Object.entries(grid).map(
    ([axis, values]) => [axis, axisValue(axis, given.get(axis), values)] as const,
  );
  return Object.fromEntries(entries);
}

function splitWord(word: string): readonly [string, string] {
  const at = word.indexOf("=");
  if (at < 1) throw new UsageError(`--set needs axis=value, as in --set depth=48, got ${word}`);
  return [word.slice(0, at), word.slice(at + 1)];
}

function axisValue(axis: string, text: string | undefined, values: readonly AxisValue[]): AxisValue {
  if (text === undefined) {
    if (values.length === 1) return values[0]!;
    throw new UsageError(
      `sample needs a value for ${axis}: --set ${axis}=${values[0]} (the grid has ${values.join(" ")})`,
    );
  }
  if (values.every((value) => typeof value === "number")) return axisNumber(axis, text, values);
  const found = values.find((value) => String(value) === text);
  if (found !== undefined) return found;
  throw new UsageError(`--set ${axis} needs one of ${values.join(" ")}, got ${text || "nothing"}`);
}

function axisNumber(axis: string, text: string, values: readonly number[]): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  const whole = values.every(Number.isInteger);
  if (Number.isFinite(value) && (!whole || Number.isInteger(value))) return value;
  const kind = whole ? "a whole number" : "a number";
  throw new UsageError(`--set ${axis} needs ${kind}, as on the grid (${values.join(" ")}), got ${text || "nothing"}`);
}
