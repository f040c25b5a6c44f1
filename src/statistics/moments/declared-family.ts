import { JudgeError } from "../judges/judge.ts";
import type { Family } from "../question.ts";
import { heavinessOf, influenceWithin } from "./influence.ts";
import type { Moments } from "./moments.ts";

/** Sample moments this many standard errors beyond the declared bound contradict it, once a single far value is paid for. */
const CONTRADICTION = 8;

/**
 * A value so far out that, of `count` values of the family's heaviest gamma law, one is found there with probability 1e-9:
 * that law is sub-gamma, P(X > sqrt(2 t) + theta t) <= exp(-t) (Boucheron, Lugosi, Massart, Concentration Inequalities,
 * 2013, section 2.4). Such a value alone adds its third power over n to the sample's skewness and its fourth to the
 * kurtosis: with 8 standard errors only, one in 2,000 samples of ln|U| was refused.
 */
function farthestValue(count: number, family: Family): number {
  const t = Math.log(count) - Math.log(1e-9);
  return Math.sqrt(2 * t) + heavinessOf(family) * t;
}

/**
 * Throws `JudgeError` where the sample's skewness or kurtosis contradicts the declared family: the claim's author is wrong
 * about the law, and the judge's error level is not guaranteed. A safety net, not a test: it sees gross errors only.
 */
export function requireFamily(subject: string, sample: Moments, family: Family): void {
  const { count, skewness, excessKurtosis } = sample;
  const root = Math.sqrt(count);
  const farthest = farthestValue(count, family);
  const mostSkewed =
    family.skewness + (CONTRADICTION * influenceWithin(3, family).deviation) / root + farthest ** 3 / count;
  if (Math.abs(skewness) > mostSkewed) {
    const found = `a sample skewness of ${skewness.toPrecision(3)} in ${count} values`;
    throw new JudgeError(`${subject} requires the declared |skewness| of at most ${family.skewness}, got ${found}`);
  }
  const heaviest =
    family.excessKurtosis + (CONTRADICTION * influenceWithin(4, family).deviation) / root + farthest ** 4 / count;
  if (excessKurtosis > heaviest) {
    const found = `a sample excess kurtosis of ${excessKurtosis.toPrecision(3)} in ${count} values`;
    throw new JudgeError(`${subject} requires the declared kurtosis of at most ${family.excessKurtosis}, got ${found}`);
  }
}
