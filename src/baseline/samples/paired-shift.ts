import { mean, sampleStandardDeviation } from "simple-statistics";
import { rounded } from "../../claim/rounded.ts";
import { studentQuantile } from "../../statistics/quantiles.ts";

/**
 * Error level of each bound of a shift's interval: 99 % together. It is shown to people and decides nothing, so it is an
 * ordinary level, and Student's.
 */
export const SHIFT_TAIL = 0.005;

/** How far a measure moved at one cell, head less base, the same replicate with the same stream on both sides. */
export interface PairedShift {
  readonly measure: string;
  /** Replicates with finite values on both sides, or the same infinite one, which has not moved. */
  readonly pairs: number;
  /** Replicates whose value differs at all. */
  readonly changed: number;
  /** Replicates that are finite on one side only, as when a network died that had lived: in no mean. */
  readonly broken: number;
  /** Mean difference; null without pairs. */
  readonly mean: number | null;
  /** 99 % interval of the mean difference; open with fewer than two pairs. */
  readonly interval: readonly [number | null, number | null];
  /** Mean and interval in half-widths of the predicted region, where the claim predicts this measure's size. */
  readonly margins: { readonly mean: number | null; readonly interval: readonly [number | null, number | null] } | null;
}

/** `margin` is the half-width of the region, where the measure is what the claim predicts. Cost: one pass. */
export function pairedShift(measure: string, was: Float64Array, is: Float64Array, margin?: number): PairedShift {
  const count = Math.min(was.length, is.length);
  const differences: number[] = [];
  let changed = 0;
  for (let replicate = 0; replicate < count; replicate++) {
    const [from, to] = [was[replicate]!, is[replicate]!];
    const difference = Object.is(from, to) ? 0 : to - from;
    if (!Object.is(from, to)) changed++;
    if (Number.isFinite(difference)) differences.push(difference);
  }
  const found = summary(differences);
  const inMargins = (value: number | null) => (value === null || margin === undefined ? null : rounded(value / margin));
  const margins =
    margin === undefined
      ? null
      : {
          mean: inMargins(found.mean),
          interval: [inMargins(found.interval[0]), inMargins(found.interval[1])] as const,
        };
  return { measure, pairs: differences.length, changed, broken: count - differences.length, ...found, margins };
}

function summary(differences: readonly number[]): Pick<PairedShift, "mean" | "interval"> {
  if (differences.length === 0) return { mean: null, interval: [null, null] };
  const centre = mean([...differences]);
  if (differences.length < 2) return { mean: rounded(centre), interval: [null, null] };
  const standardError = sampleStandardDeviation([...differences]) / Math.sqrt(differences.length);
  const reach = studentQuantile(SHIFT_TAIL, differences.length - 1) * standardError;
  return { mean: rounded(centre), interval: [rounded(centre - reach), rounded(centre + reach)] };
}
