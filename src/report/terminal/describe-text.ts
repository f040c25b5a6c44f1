import { type Description, describeSample, type Measured } from "../../statistics/moments/describe.ts";
import { blockScores, pairBlocks, REGRESSION_BLOCK } from "../../statistics/proved/regression-slopes.ts";
import { sanitise } from "../layout/sanitise.ts";
import { wrap } from "../layout/wrap.ts";
import type { Sample } from "./sample-text.ts";

/** What the prediction is about: one measure, or the pair of a regression, among the replicates where `given` is 1. */
export interface Described {
  readonly of: string;
  readonly on?: string;
  readonly given?: string;
}

/** Moments of the predicted measure with standard errors, and the family that these draws let an author declare. */
export function describeText(sample: Sample, described: Described, columns: number): string {
  const values = valuesOf(sample, described);
  const found = describeSample(values.filter(Number.isFinite));
  const subject =
    described.on === undefined
      ? sanitise(described.of)
      : `score of blocks of ${REGRESSION_BLOCK}, ${sanitise(described.of)} on ${sanitise(described.on)}`;
  const head = `${values.length} values of ${subject}${described.given === undefined ? "" : `, where ${sanitise(described.given)} is 1`}`;
  const lines =
    found === undefined ? ["At least 1,000 different finite values are needed: --replicates."] : momentLines(found);
  return `${[...wrap(head, columns), ...lines.flatMap((line) => wrap(line, columns))].join("\n")}\n`;
}

function momentLines({ mean, deviation, skewness, excessKurtosis, family }: Description): readonly string[] {
  return [
    `  mean            ${measured(mean)}`,
    `  deviation       ${measured(deviation)}`,
    `  skewness        ${measured(skewness)}`,
    `  excess kurtosis ${measured(excessKurtosis)}`,
    "",
    `  family: { skewness: ${family.skewness}, excessKurtosis: ${family.excessKurtosis} }`,
    "",
    "Three standard errors beyond what was seen. Values that are too rare to have been drawn are not in it: where theory knows the law, declare what theory says. docs/families.md has more.",
  ];
}

function measured({ value, error }: Measured): string {
  return `${value.toPrecision(4)} (standard error ${error.toPrecision(2)})`;
}

function valuesOf({ measures }: Sample, { of, on, given }: Described): Float64Array {
  const column = (name: string): Float64Array => measures.find((measure) => measure.name === name)!.values;
  const counts = given === undefined ? undefined : column(given);
  const counted = (name: string): Float64Array =>
    column(name).filter((_, row) => counts === undefined || counts[row] === 1);
  if (on === undefined) return counted(of);
  const blocks = pairBlocks(counted(on), counted(of));
  const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
  return blockScores(blocks, total(blocks.covariances) / total(blocks.variances));
}
