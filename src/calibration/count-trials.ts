import { openStream } from "../numerics/random.ts";
import { LANES, type StreamKey } from "../numerics/stream.ts";
import { EVERYWHERE, type JudgeCase } from "./judge-case.ts";
import { countedRate, type Rate } from "./rate.ts";

/** What counting found of one judge on one truth at one level. */
export interface Counted {
  readonly alpha: number;
  readonly replicates: readonly number[];
  /**
   * The upper bound lay below the truth: for a region that ends just below the truth a false support, for one that
   * begins there a false refutation, at the same level.
   */
  readonly below: Rate;
  /** The lower bound lay above the truth: false supports and refutations from the other side. */
  readonly above: Rate;
  /** Not supported although the truth is the centre of the smallest region that the judge says it detects. */
  readonly undecided?: { readonly within: number; readonly promised: number; readonly rate: Rate };
}

export interface CountOptions {
  readonly alpha: number;
  readonly replicates: readonly number[];
  readonly trials: number;
  readonly key: StreamKey;
}

/** P(undecided) that the centre's margin is planned for: large enough to count, small enough to be like the real ones. */
export const PLANNED_UNDECIDED = 0.01;

/** Tries a judge on seeded groups of known truth: trial t draws from replicate t of the key's streams. */
export function countTrials(subject: JudgeCase, { alpha, replicates, trials, key }: CountOptions): Counted {
  const { instrument, truth, draw } = subject;
  const question = subject.question(EVERYWHERE);
  const within = instrument.detects?.(replicates, question, {
    support: alpha,
    refute: alpha / 2,
    undecided: PLANNED_UNDECIDED,
  });
  let below = 0;
  let above = 0;
  let outside = 0;
  for (let trial = 0; trial < trials; trial++) {
    const { low, high } = instrument.bounds(draw(replicates, openStream(key, trial, LANES.weights)), question, alpha);
    if (high < truth) below++;
    if (low > truth) above++;
    if (within !== undefined && (low < truth - within || high > truth + within)) outside++;
  }
  return {
    alpha,
    replicates,
    below: countedRate(below, trials),
    above: countedRate(above, trials),
    ...(within === undefined
      ? {}
      : { undecided: { within, promised: PLANNED_UNDECIDED, rate: countedRate(outside, trials) } }),
  };
}
