import { openStream } from "../../numerics/random.ts";
import { LANES, type StreamKey } from "../../numerics/stream.ts";
import { type Bounds, type Group, JudgeError } from "../../statistics/judges/judge.ts";
import { countedRate, type Rate } from "../rate.ts";
import { EVERYWHERE, type JudgeCase } from "./judge-case.ts";

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
  /** The judge refused values of the very law that it guarantees: no verdict, but nothing decided either. */
  readonly refused: Rate;
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
  const within = instrument.detects?.(replicates, subject.question({ low: truth - 1, high: truth + 1 }), {
    support: alpha,
    refute: alpha / 2,
    undecided: PLANNED_UNDECIDED,
  });
  const tally = { below: 0, above: 0, refused: 0, undecided: 0 };
  for (let trial = 0; trial < trials; trial++) {
    const bounds = boundsOf(subject, draw(replicates, openStream(key, trial, LANES.weights)), alpha);
    if (bounds === undefined) tally.refused++;
    else if (bounds.high < truth) tally.below++;
    else if (bounds.low > truth) tally.above++;
    if (within !== undefined && !isWithin(bounds, truth, within)) tally.undecided++;
  }
  return {
    alpha,
    replicates,
    below: countedRate(tally.below, trials),
    above: countedRate(tally.above, trials),
    refused: countedRate(tally.refused, trials),
    ...(within === undefined
      ? {}
      : { undecided: { within, promised: PLANNED_UNDECIDED, rate: countedRate(tally.undecided, trials) } }),
  };
}

function boundsOf({ instrument, question }: JudgeCase, groups: readonly Group[], alpha: number): Bounds | undefined {
  try {
    return instrument.bounds(groups, question(EVERYWHERE), alpha);
  } catch (error) {
    if (error instanceof JudgeError) return undefined;
    throw error;
  }
}

function isWithin(bounds: Bounds | undefined, truth: number, within: number): boolean {
  return bounds !== undefined && bounds.low >= truth - within && bounds.high <= truth + within;
}
