import { normalQuantile } from "../../statistics/quantiles.ts";
import { type AnyCell, cellLabel } from "../cells.ts";
import { ClaimError } from "../claim-error.ts";

/** What the paper's +- is: one of these, which the author has to find out. */
export type ReportedSpread =
  | { readonly standardDeviation: number }
  | { readonly standardError: number }
  /** A 95 % confidence interval of the mean. */
  | { readonly interval95: readonly [low: number, high: number] }
  /** The least and the largest of the values. */
  | { readonly minToMax: readonly [least: number, largest: number] };

/** A published mean of `n` values, and what was said of their spread. */
export type Reported = { readonly mean: number; readonly n: number } & ReportedSpread;

const SPREADS = ["standardDeviation", "standardError", "interval95", "minToMax"] as const;

/**
 * Standard deviation of one reported value: an upper bound where the paper does not give it. An interval is taken for a normal one, whose
 * quantile 1.96 is the least; from least and largest it is Bhatia and Davis's: s^2 <= n / (n - 1) (max - mean) (mean - min).
 *
 * Throws `ClaimError` for what no sample of `n` values can have.
 */
export function deviationOf(reported: Reported, cell: AnyCell): number {
  const { mean, n } = reported;
  const refuse = (found: string): never => {
    throw new ClaimError(`\`reported\` at ${cellLabel(cell)} requires ${found}`);
  };
  if (!Number.isFinite(mean)) refuse(`a finite mean, got ${mean}`);
  if (!(Number.isInteger(n) && n >= 2)) refuse(`the number n of their values, at least 2 of them, got ${n}`);
  const given = SPREADS.filter((name) => Object.hasOwn(reported, name));
  if (given.length !== 1) refuse(`one of ${SPREADS.join(", ")}, got ${given.join(" and ") || "none"}`);
  if ("standardDeviation" in reported) return positive(reported.standardDeviation, "standardDeviation", refuse);
  if ("standardError" in reported) return positive(reported.standardError, "standardError", refuse) * Math.sqrt(n);
  if ("interval95" in reported) {
    const [low, high] = around(reported.interval95, mean, "interval95", refuse);
    return (Math.max(high - mean, mean - low) * Math.sqrt(n)) / normalQuantile(0.025);
  }
  const [least, largest] = around(reported.minToMax, mean, "minToMax", refuse);
  return Math.sqrt((n / (n - 1)) * (largest - mean) * (mean - least));
}

type Refuse = (found: string) => never;

function positive(value: number, name: string, refuse: Refuse): number {
  return value > 0 && Number.isFinite(value) ? value : refuse(`a positive ${name}, got ${value}`);
}

function around(
  ends: readonly [number, number],
  mean: number,
  name: string,
  refuse: Refuse,
): readonly [number, number] {
  const [low, high] = ends;
  return low < mean && mean < high && Number.isFinite(high - low)
    ? ends
    : refuse(`${name} with the mean ${mean} between its ends, got ${low} to ${high}`);
}
