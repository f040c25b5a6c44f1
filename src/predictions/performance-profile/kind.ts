import { profileJudge } from "../../statistics/judges/aggregates/profile-judge.ts";
import { noEstimateShift } from "../../statistics/moments/estimate-shift.ts";
import { noStandardError } from "../../statistics/moments/standard-error.ts";
import type { ProfileQuestion } from "../../statistics/question.ts";
import type { AnyCell, Cell, Grid } from "../cells.ts";
import { ClaimError } from "../claim-error.ts";
import type { Form } from "../form.ts";
import type { Kind } from "../kind.ts";
import type { Along, Of } from "../stated.ts";
import { syntheticProfile } from "./synthetic.ts";

/** What the share of the scores above a threshold is at least, or at most: one number a threshold, or the theory's formula for it. */
type Edge<G extends Grid> = readonly number[] | ((threshold: number, cell: Cell<G>) => number);

/** The share of the scores above a threshold, every task counting alike, lies within its band at every one. */
export interface ProfilePrediction<G extends Grid, M extends string> extends Of<G, M> {
  readonly says: "has-profile";
  /** The axis of the tasks. */
  readonly along: Along<G>;
  /** Rising. Between two of them the share is at least the lower bound of the next one and at most the upper bound of the one before. */
  readonly thresholds: readonly number[];
  /** Nothing is asked where it is 0. */
  readonly lower?: Edge<G>;
  /** Nothing is asked where it is 1. */
  readonly upper?: Edge<G>;
  readonly because: string;
}

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
type AnyProfile = ProfilePrediction<any, any>;

/** More would be a finer curve than any number of runs tells apart. */
const MOST_THRESHOLDS = 100;

/** Nowhere beyond the band, which is evaluated with the question. */
const WITHIN_BAND: Form<unknown> = {
  region: () => ({ low: Number.NEGATIVE_INFINITY, high: 0 }),
  centre: () => null,
  stricter: "lower",
};

export const performanceProfile: Kind<AnyProfile, ProfileQuestion> = {
  statistic: "performance-profile",
  says: { "has-profile": WITHIN_BAND },
  averages: { "has-profile": false },
  answeredBy: { from: "axis", along: ({ along }) => along, asks: "profile" },
  question: (prediction, asked, { cells }) => ({
    statistic: "performance-profile",
    ...bandOf(prediction, cells[0]!),
    ...asked,
  }),
  detail: ({ thresholds, lower, upper }) => ({ thresholds, lower, upper }),
  judge: profileJudge,
  estimateShift: noEstimateShift,
  standardError: noStandardError,
  answer: "value",
  words: "how far the performance profile lies beyond its band",
  chart: "profile",
  synthetic: syntheticProfile,
};

type Band = Pick<ProfileQuestion, "thresholds" | "lower" | "upper">;

function bandOf({ thresholds = [], lower, upper }: AnyProfile, cell: AnyCell): Band {
  requireThresholds(thresholds);
  if (lower === undefined && upper === undefined) {
    throw new ClaimError("a profile requires `lower`, `upper` or both, got neither");
  }
  const band = {
    thresholds,
    lower: edgeOf("lower", lower ?? (() => 0), thresholds, cell),
    upper: edgeOf("upper", upper ?? (() => 1), thresholds, cell),
  };
  requireRoom(band);
  return band;
}

function requireThresholds(thresholds: readonly number[]): void {
  const count = thresholds.length;
  if (count === 0 || count > MOST_THRESHOLDS)
    throw new ClaimError(`a profile requires 1 to ${MOST_THRESHOLDS} thresholds, got ${count}`);
  const at = thresholds.findIndex((threshold, i) => !Number.isFinite(threshold) || threshold <= thresholds[i - 1]!);
  if (at < 0) return;
  const after = at === 0 ? "first" : `after ${thresholds[at - 1]}`;
  throw new ClaimError(`a profile requires finite thresholds that rise, got ${thresholds[at]} ${after}`);
}

function edgeOf(
  name: "lower" | "upper",
  // biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
  edge: Edge<any>,
  thresholds: readonly number[],
  cell: AnyCell,
): readonly number[] {
  if (typeof edge !== "function" && edge.length !== thresholds.length) {
    throw new ClaimError(`\`${name}\` requires one share a threshold (${thresholds.length}), got ${edge.length}`);
  }
  return thresholds.map((threshold, at) => {
    const share = typeof edge === "function" ? edge(threshold, cell) : edge[at]!;
    const isShare = name === "lower" ? share >= 0 && share < 1 : share > 0 && share <= 1;
    if (isShare) return share;
    const needed = name === "lower" ? "from 0 to below 1" : "above 0 and up to 1";
    const got = Number(Number(share).toPrecision(6));
    throw new ClaimError(`\`${name}\` above ${threshold} is ${got}, a share ${needed} is required`);
  });
}

/** A share only falls as thresholds rise. */
function requireRoom({ thresholds, lower, upper }: Band): void {
  if (lower.every((share) => share === 0) && upper.every((share) => share === 1)) {
    throw new ClaimError("a profile requires a `lower` above 0 or an `upper` below 1 at some threshold, got none");
  }
  upper.forEach((most, at) => {
    const later = lower.findIndex((least, i) => i >= at && least > most);
    if (later < 0) return;
    throw new ClaimError(
      `no profile is at most ${most} above ${thresholds[at]} and at least ${lower[later]} above ${thresholds[later]}`,
    );
  });
}
