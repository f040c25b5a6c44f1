import type { ProfileQuestion } from "../../question.ts";
import { JudgeError } from "../judge.ts";

/** One thing that a band asks of a profile: that a share is at most so much. What is to be at least so much is its complement. */
export interface ProfileSide {
  readonly label: string;
  readonly threshold: number;
  /** Which scores make up the share. */
  readonly counts: "above" | "not above";
  readonly most: number;
}

type Band = Pick<ProfileQuestion, "thresholds" | "lower" | "upper">;

/** What the band asks for: an upper bound below 1 and a lower one above 0, at every threshold. Throws `JudgeError` where it asks for nothing. */
export function sidesOf({ thresholds, lower, upper }: Band): readonly ProfileSide[] {
  const sides = thresholds.flatMap((threshold, at): readonly ProfileSide[] => {
    const [least, most] = [lower[at]!, upper[at]!];
    const named = (words: string) => `above ${short(threshold)} ${words}`;
    return [
      ...(least > 0
        ? [{ label: named(`at least ${short(least)}`), threshold, counts: "not above" as const, most: 1 - least }]
        : []),
      ...(most < 1 ? [{ label: named(`at most ${short(most)}`), threshold, counts: "above" as const, most }] : []),
    ];
  });
  if (sides.length === 0) throw new JudgeError("performance profile requires a bound at some threshold, got none");
  return sides;
}

/** For a reader: what a formula gives has digits that nobody meant. */
function short(value: number): number {
  return Number(value.toPrecision(4));
}
