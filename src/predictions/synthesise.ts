import type { Stream } from "../numerics/random.ts";
import type { Group } from "../statistics/judges/judge.ts";
import { type AnyQuestion, kindOf } from "./kinds.ts";
import type { Lean, StandardLaw } from "./synthetic/standard-law.ts";

/** Logarithms of weights and norms are skewed to the left, and only as heavy as that needs. */
export const LOGARITHM: Lean = { skew: -1, tails: "light" };
/** The same families with their whole kurtosis in values that most samples do not hold: the end at which judges break. */
export const RARE: Lean = { skew: -1, tails: "rare" };

/**
 * Groups of synthetic values for which the question's statistic is exactly `truth`, with the question's known spreads and
 * a law inside its declared family; what counts against the instrument is the instrument's fault.
 *
 * `replicates`: values a group, after exclusions. `lean`: which law of the family, or the law itself (whose
 * standardised moment is then the truth). Draws follow one another on the stream.
 *
 * Throws `RangeError` where the question's known spread is needed and absent, or no such law exists.
 */
export function synthesise(
  question: AnyQuestion,
  truth: number,
  replicates: readonly number[],
  stream: Stream,
  lean: Lean | StandardLaw = LOGARITHM,
): readonly Group[] {
  const { synthetic } = kindOf(question);
  const law = "fill" in lean ? lean : synthetic.law(question, truth, lean);
  return synthetic.draw(question, truth, { replicates, stream, law });
}
