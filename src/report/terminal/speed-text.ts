import { createColors } from "picocolors";
import { SAME_WITHIN, type SpeedChange, type SpeedVerdict } from "../../speed/judge-speed.ts";
import { chanceText, secondsText } from "../layout/number-text.ts";
import { sanitise } from "../layout/sanitise.ts";
import { wrap } from "../layout/wrap.ts";

/** One benchmark of a comparison of speed. */
export interface SpeedRow extends SpeedChange {
  readonly file: string;
  readonly name: string;
  readonly unit: string;
  /** Median milliseconds of processor time a unit. */
  readonly base: number;
  readonly head: number;
}

export interface SpeedComparison {
  readonly rows: readonly SpeedRow[];
  readonly rounds: number;
  /** P(any of these benchmarks is called slower or faster although its code is the same), at most. */
  readonly falseAlarms: number;
  /** Benchmarks that one side only has: `networks: forward`. */
  readonly onlyHead: readonly string[];
  readonly onlyBase: readonly string[];
  readonly seconds: number;
}

const ORDER: readonly SpeedVerdict[] = ["slower", "undecided", "faster", "same"];
const SYMBOLS: { readonly [verdict in SpeedVerdict]: string } = { slower: "✗", undecided: "?", faster: "+", same: "✓" };

/** Rows from the worst: slower by most, undecided, faster, the same. */
export function slowestFirst(rows: readonly SpeedRow[]): readonly SpeedRow[] {
  return [...rows].sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict) || b.median - a.median);
}

/** `slower by 4-9 %`, `no change beyond 3 %`, `undecided (2 % faster to 5 % slower)`. */
export function speedWords({ verdict, low, high }: SpeedChange): string {
  switch (verdict) {
    case "slower":
      return `slower by ${percent(low)}–${percent(high)} %`;
    case "faster":
      return `faster by ${percent(-high)}–${percent(-low)} %`;
    case "same":
      return `no change beyond ${percent(SAME_WITHIN)} %`;
    case "undecided":
      return `undecided (${signed(low)} to ${signed(high)})`;
  }
}

export function speedText(
  comparison: SpeedComparison,
  { columns, color, base }: { readonly columns: number; readonly color: boolean; readonly base: string },
): string {
  const colors = createColors(color);
  const tones = { slower: colors.red, undecided: colors.yellow, faster: colors.green, same: colors.dim };
  const { rows, rounds, falseAlarms, onlyHead, onlyBase, seconds } = comparison;
  const lines = slowestFirst(rows).flatMap((row) => {
    const words = tones[row.verdict](`${SYMBOLS[row.verdict]} ${speedWords(row)}`);
    return [
      `${sanitise(row.file)}: ${sanitise(row.name)}`,
      `  ${words}; ${unitTime(row.base)} a unit before, ${unitTime(row.head)} now`,
    ];
  });
  const foot = `${rounds} rounds, fixed in advance, each a fresh process of both sides in an order drawn by a coin, interleaved on this machine in ${secondsText(seconds)}; processor time; P(any false alarm among these ${rows.length} benchmarks) at most ${chanceText(falseAlarms)}`;
  return [
    ...wrap(speedSentence(rows, base), columns),
    "",
    ...lines,
    ...missing("not in the base, so not compared", onlyHead, columns),
    ...missing("in the base only", onlyBase, columns),
    "",
    ...wrap(foot, columns),
    "",
  ].join("\n");
}

/** `27 benchmarks compared with main (1a2b3c4d5e): 1 slower, 2 undecided, 24 without a change beyond 3 %`. */
export function speedSentence(rows: readonly SpeedRow[], base: string): string {
  const count = (verdict: SpeedVerdict) => rows.filter((row) => row.verdict === verdict).length;
  const parts = [
    [count("slower"), "slower"],
    [count("undecided"), "undecided"],
    [count("faster"), "faster"],
    [count("same"), `without a change beyond ${percent(SAME_WITHIN)} %`],
  ] as const;
  const counts = parts.filter(([found]) => found > 0).map(([found, words]) => `${found} ${words}`);
  const noun = rows.length === 1 ? "1 benchmark" : `${rows.length} benchmarks`;
  return `${noun} compared with ${sanitise(base)}: ${counts.join(", ")}`;
}

function missing(what: string, names: readonly string[], columns: number): readonly string[] {
  return names.length === 0 ? [] : ["", ...wrap(`${what}: ${names.map(sanitise).join("; ")}`, columns)];
}

function signed(change: number): string {
  if (!Number.isFinite(change)) return "any";
  return change < 0 ? `${percent(-change)} % faster` : `${percent(change)} % slower`;
}

/** Whole percents where there are ten or more, else one decimal. */
function percent(change: number): string {
  if (!Number.isFinite(change)) return "∞";
  const value = 100 * change;
  return value >= 9.95 ? value.toFixed(0) : value.toFixed(1).replace(/\.0$/, "");
}

/** `12.3 µs`. */
export function unitTime(milliseconds: number): string {
  if (milliseconds >= 1) return `${milliseconds.toPrecision(3)} ms`;
  if (milliseconds >= 1e-3) return `${(1e3 * milliseconds).toPrecision(3)} µs`;
  return `${(1e6 * milliseconds).toPrecision(3)} ns`;
}
