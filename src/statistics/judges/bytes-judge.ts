import { planningBy } from "../planning/planning.ts";
import type { BytesQuestion } from "../question.ts";
import { largestOf, missesOfLargest } from "./identity-judge.ts";
import { type Judge, JudgeError } from "./judge.ts";

/** Largest number of differing bytes: a fact about the replicates seen, with no interval. */
export const bytesJudge: Judge<BytesQuestion> = {
  guarantee: "whole numbers of at least 0; speaks of the replicates seen and of no others",
  bounds: (groups) => {
    const bounds = largestOf("bytes", groups);
    const fraction = groups[0]!.columns[0]!.find((value) => !Number.isInteger(value));
    if (fraction !== undefined) throw new JudgeError(`bytes requires whole numbers of bytes, got ${fraction}`);
    return bounds;
  },
  ...planningBy(1, missesOfLargest),
  detects: () => 0,
};
