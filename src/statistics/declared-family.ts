import { influenceWithin } from "./influence.ts";
import { JudgeError } from "./judge.ts";
import type { Moments } from "./moments.ts";
import type { Family } from "./question.ts";

/**
 * Sample moments this many standard errors beyond the declared bound contradict it. Their laws are skewed and heavy, so
 * that a normal deviate says little; in simulations of the family's extreme laws none of 10^5 samples came near.
 */
const CONTRADICTION = 8;

/**
 * Throws `JudgeError` where the sample's skewness or kurtosis contradicts the declared family: the claim's author is wrong
 * about the law, and the judge's error level is not guaranteed. A safety net, not a test: it sees gross errors only.
 */
export function requireFamily(subject: string, sample: Moments, family: Family): void {
  const { count, skewness, excessKurtosis } = sample;
  const root = Math.sqrt(count);
  const mostSkewed = family.skewness + (CONTRADICTION * influenceWithin(3, family).deviation) / root;
  if (Math.abs(skewness) > mostSkewed) {
    const found = `a sample skewness of ${skewness.toPrecision(3)} in ${count} values`;
    throw new JudgeError(`${subject} requires the declared |skewness| of at most ${family.skewness}, got ${found}`);
  }
  const heaviest = family.excessKurtosis + (CONTRADICTION * influenceWithin(4, family).deviation) / root;
  if (excessKurtosis > heaviest) {
    const found = `a sample excess kurtosis of ${excessKurtosis.toPrecision(3)} in ${count} values`;
    throw new JudgeError(`${subject} requires the declared kurtosis of at most ${family.excessKurtosis}, got ${found}`);
  }
}
