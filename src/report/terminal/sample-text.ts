import type { Measure } from "../../claim/experiment.ts";
import type { AnyCell } from "../../predictions/cells.ts";
import { decimalsFor, numberText } from "../layout/number-text.ts";
import { sanitise } from "../layout/sanitise.ts";
import { wrap } from "../layout/wrap.ts";

/** Raw observations of one cell. */
export interface Sample {
  readonly claim: string;
  readonly arm: string;
  readonly cell: AnyCell;
  readonly seed: string;
  readonly engine: string;
  readonly experiment: string;
  readonly replicates: number;
  readonly measures: readonly (Measure & { readonly name: string; readonly values: Float64Array })[];
}

const BINS = 12;
const BAR = 40;

/** What the draws look like: quantiles and a histogram for each measure. Says nothing about the claim. */
export function sampleText(sample: Sample, columns: number): string {
  const cell = Object.entries(sample.cell).map(([axis, value]) => `${axis}=${value}`);
  const head = `${sample.replicates} replicates of ${sanitise(sample.experiment)} at ${cell.join(" ")}, arm ${sanitise(sample.arm)}, seed ${sample.seed}, engine ${sample.engine}`;
  const blocks = sample.measures.map(({ name, description, values }) => [
    "",
    ...wrap(`${name}: ${sanitise(description)}`, columns),
    ...summaryLines(values).map((line) => `  ${line}`),
  ]);
  const foot = "No verdict: these are raw observations. All of them: --csv or --json.";
  return `${[...wrap(head, columns), ...blocks.flat(), "", foot].join("\n")}\n`;
}

/** Values in the replicates' order; JSON has no infinities, so those are the strings "-Infinity" and "Infinity". */
export function sampleJson(sample: Sample): string {
  const measures = sample.measures.map(({ name, kind, description, values }) => {
    return {
      name,
      kind,
      description,
      values: Array.from(values, (value) => (Number.isFinite(value) ? value : String(value))),
    };
  });
  return `${JSON.stringify({ ...sample, measures })}\n`;
}

function summaryLines(values: Float64Array): readonly string[] {
  const finite = values.filter(Number.isFinite).sort();
  const infinite = values.length - finite.length;
  const note = infinite === 0 ? [] : [`${infinite} of ${values.length} are infinite (an exact zero's logarithm)`];
  if (finite.length === 0) return note;
  let sum = 0;
  for (const value of finite) sum += value;
  const mean = sum / finite.length;
  let squares = 0;
  for (const value of finite) squares += (value - mean) ** 2;
  const spread = finite.length > 1 ? Math.sqrt(squares / (finite.length - 1)) : 0;
  const decimals = decimalsFor(spread / 10 || Math.abs(mean) / 100);
  const text = (value: number) => numberText(value, decimals);
  const at = (share: number) => text(finite[Math.round(share * (finite.length - 1))]!);
  return [
    ...note,
    `mean ${text(mean)}, standard deviation ${text(spread)}`,
    `least ${at(0)}, quartiles ${at(0.25)} ${at(0.5)} ${at(0.75)}, greatest ${at(1)}`,
    ...(spread > 0 ? histogram(finite, text) : []),
  ];
}

function histogram(sorted: Float64Array, text: (value: number) => string): readonly string[] {
  const low = sorted[0]!;
  const width = (sorted.at(-1)! - low) / BINS;
  const counts = new Array<number>(BINS).fill(0);
  for (const value of sorted) {
    const bin = Math.min(Math.floor((value - low) / width), BINS - 1);
    counts[bin] = counts[bin]! + 1;
  }
  const most = Math.max(...counts);
  const labels = counts.map((_, bin) => text(low + (bin + 0.5) * width));
  const longest = Math.max(...labels.map((label) => label.length));
  return counts.map((count, bin) => {
    const bar = "█".repeat(Math.round((BAR * count) / most));
    return `${labels[bin]!.padStart(longest)} ${bar}${bar === "" ? "" : " "}${count}`;
  });
}
