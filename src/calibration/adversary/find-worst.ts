import { openStream } from "../../numerics/random.ts";
import { LANES, type StreamKey } from "../../numerics/stream.ts";
import type { AnyQuestion } from "../../predictions/kinds.ts";
import { type Bounds, type Group, JudgeError, RefusedSample } from "../../statistics/judges/judge.ts";
import type { Instrument } from "../judges/judge-case.ts";
import { type TiltedRate, tiltedRates } from "../tilted/tilted-rate.ts";
import type { Attack } from "./linear-attack.ts";

/** The worst law that was found for a judge at a level, and how often it errs there. */
export interface Worst {
  readonly law: string;
  /** Which bound missed the truth. */
  readonly bound: "low" | "high";
  readonly rate: number;
  readonly standardError: number;
  readonly trials: number;
}

export interface Search {
  readonly alpha: number;
  readonly key: StreamKey;
  /** Trials a law when all are tried, and of the few that were worst, drawn anew: chosen among many, a first rate is too high. */
  readonly trials: { readonly screen: number; readonly final: number };
}

/** Laws that are tried again. */
const FINALISTS = 3;

/**
 * Tries every law, then the worst few on new draws. The answer is theirs alone, so that choosing adds nothing to it; the worst is the
 * one that is surest to err often, so that one heavy weight among the draws does not make it.
 */
export function findWorst(
  instrument: Instrument,
  question: AnyQuestion,
  attacks: readonly Attack[],
  { alpha, key, trials }: Search,
): Worst {
  const tried = attacks.map((attack, i) => {
    const rates = ratesOf(instrument, question, attack, { alpha, key: salted(key, i), trials: trials.screen });
    return { attack, worst: Math.max(...rates.map(({ rate }) => rate)) };
  });
  const finalists = [...tried].sort((a, b) => b.worst - a.worst).slice(0, FINALISTS);
  const again = finalists.flatMap(({ attack }, i) => {
    const options = { alpha, key: salted(key, attacks.length + i), trials: trials.final };
    return ratesOf(instrument, question, attack, options).map(
      ({ rate, standardError }, side): Worst => ({
        law: attack.law,
        bound: side === 0 ? "high" : "low",
        rate,
        standardError,
        trials: trials.final,
      }),
    );
  });
  return again.reduce((worst, one) => (surely(one) > surely(worst) ? one : worst));
}

function surely({ rate, standardError }: TiltedRate): number {
  return rate - 3 * standardError;
}

/** How often the upper bound lies below the truth, and the lower one above it. */
function ratesOf(
  instrument: Instrument,
  question: AnyQuestion,
  { design, groupsOf, truth }: Attack,
  { alpha, key, trials }: { readonly alpha: number; readonly key: StreamKey; readonly trials: number },
): readonly TiltedRate[] {
  return tiltedRates(
    design,
    (values, context) => {
      const bounds = boundsOrRefusal(instrument, question, groupsOf(values, context), alpha);
      return [bounds !== undefined && bounds.high < truth, bounds !== undefined && bounds.low > truth];
    },
    // Where a sub-Gaussian tail is alpha: proved bounds lie there, and normal ones at four fifths of it, which the tilts reach as well.
    { trials, key, standardDeviations: Math.sqrt(-2 * Math.log(alpha)) },
  );
}

/** Undefined for a sample that says nothing, all values equal: it is undecided, and no error. */
export function boundsOrRefusal(
  instrument: Instrument,
  question: AnyQuestion,
  groups: readonly Group[],
  alpha: number,
): Bounds | undefined {
  try {
    return instrument.bounds(groups, question, alpha);
  } catch (error) {
    if (error instanceof RefusedSample) return undefined;
    throw error;
  }
}

function salted([a, b, c, d]: StreamKey, salt: number): StreamKey {
  return [a, b, c, (d ^ Math.imul(salt + 1, 0x9e3779b9)) >>> 0];
}

/** Fewest values a group for which the bounds are finite on both sides, on untilted values of the first attack, within a tenth. */
export function fewestFinite(
  instrument: Instrument,
  question: AnyQuestion,
  attacksAt: (sizes: readonly number[]) => readonly Attack[],
  { alpha, key, groups }: { readonly alpha: number; readonly key: StreamKey; readonly groups: number },
): number {
  const finite = (count: number): boolean => {
    const sizes = Array<number>(groups).fill(count);
    const [{ design, groupsOf }] = attacksAt(sizes) as readonly [Attack];
    const stream = openStream(key, count, LANES.choice);
    const { context } = design.prepare(stream);
    const values = new Float64Array(count * groups);
    design.law.fill(stream, values, 0, values.length, 0);
    try {
      const { low, high } = instrument.bounds(groupsOf(values, context), question, alpha);
      return Number.isFinite(low) && Number.isFinite(high);
    } catch (error) {
      if (error instanceof JudgeError) return false;
      throw error;
    }
  };
  let count = 8;
  while (!finite(count)) {
    count *= 2;
    if (count > MOST) throw new RangeError(`no number of values up to ${MOST} gives finite bounds at ${alpha}`);
  }
  while (count > 8 && finite(Math.floor(count * 0.9))) count = Math.floor(count * 0.9);
  return count;
}

const MOST = 1e6;
