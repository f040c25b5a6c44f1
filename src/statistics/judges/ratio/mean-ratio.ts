import { severalValues } from "../../contrasts/group-column.ts";
import { meanOf, moments } from "../../moments/moments.ts";
import { familiesOf } from "../../planning/contrast-planning.ts";
import { bettingBounds } from "../../proved/betting.ts";
import { contrastRows, contrastShape, familyOfContrast } from "../../proved/independent-contrast.ts";
import { meanRatioBounds, type RatioRows } from "../../proved/mean-ratio.ts";
import { type Bounds, boundsAround, type Group, JudgeError, requireSpread } from "../judge.ts";
import type { RatioQuestion } from "./ratio-question.ts";

/** Mean of the first group over that of the second. Families decide where they are declared, else the range. */
export function ratioOfMeans(groups: readonly Group[], question: RatioQuestion, alpha: number): Bounds {
  const columns = groups.map((group) => severalValues("ratio of means", group)) as unknown as Columns;
  const found = columns.map((column) => moments(column));
  const [first, second] = columns.map(meanOf) as [number, number];
  const spread = found.map(({ mean, variance }) => Math.sqrt(variance) / Math.abs(mean));
  if (byRange(question)) return boundsAround(first / second, boundedRatio(columns, question.range!, alpha), spread);
  for (const { variance } of found) requireSpread("ratio of means", variance);
  const bounds = meanRatioBounds(rowsOf(columns, question), alpha);
  return boundsAround(first / second, bounds, spread);
}

/** Whether the declared range alone bounds the ratio: no family is declared, and no value is below zero. */
export function byRange({ families, range }: RatioQuestion): boolean {
  return families === undefined && isFromZero(range);
}

/** Whether a range is declared in which no value is below zero. */
export function isFromZero(range: RatioQuestion["range"]): boolean {
  return range !== undefined && range[0] >= 0;
}

type Columns = readonly [Float64Array, Float64Array];

function rowsOf(columns: Columns, question: RatioQuestion): RatioRows {
  const families = familiesOf("ratio of means", question, 2);
  const shape = contrastShape(columns.map(({ length }) => length));
  const numerators = contrastRows(columns, [1, 0], families).values;
  const { values: denominators, family: denominator } = contrastRows(columns, [0, 1], families);
  return { numerators, denominators, denominator, familyAt: (ratio) => familyOfContrast(families, [1, -ratio], shape) };
}

/**
 * The least of one mean over the most of the other, each at half of the level. Bets bound means within a range.
 */
function boundedRatio(
  columns: Columns,
  range: readonly [number, number],
  alpha: number,
): { readonly low: number; readonly high: number } {
  for (const values of columns) requireRange(values, range);
  const [first, second] = columns.map((values) => bettingBounds({ values, range, horizon: values.length }, alpha / 2));
  return {
    low: second!.high > 0 ? first!.low / second!.high : 0,
    high: second!.low > 0 ? first!.high / second!.low : Number.POSITIVE_INFINITY,
  };
}

function requireRange(values: Float64Array, [low, high]: readonly [number, number]): void {
  const at = values.findIndex((value) => !(value >= low && value <= high));
  if (at < 0) return;
  throw new JudgeError(
    `ratio of means requires values in the declared range [${low}, ${high}], got ${values[at]} at replicate ${at}`,
  );
}
