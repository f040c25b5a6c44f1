import type { MeanQuestion, PairedDifferenceQuestion } from "../../question.ts";
import type { Group, Judge } from "../judge.ts";
import { meanJudge } from "../mean-judge.ts";
import { pairsOf, remainders } from "./pairs.ts";

/** Mean of the first measure less the second, of independent pairs: the mean of their differences, whatever joins the two. */
export const pairedDifferenceJudge: Judge<PairedDifferenceQuestion> = {
  guarantee: `of the differences, for independent pairs of any joint law that gives them such a law: ${meanJudge.guarantee}`,

  bounds: (groups, question, alpha) => meanJudge.bounds([differencesOf(groups)], meanQuestion(question), alpha),

  familyValues: (groups) => [differencesOf(groups).columns[0]!],

  needsFamilies: (question) => meanJudge.needsFamilies!(meanQuestion(question)),

  anytime: (question) => meanJudge.anytime!(meanQuestion(question)),

  detects: (replicates, question, errors) => meanJudge.detects(replicates, meanQuestion(question), errors),

  needs: (replicates, question, errors) => meanJudge.needs(replicates, meanQuestion(question), errors),
};

function differencesOf(groups: readonly Group[]): Group {
  return { columns: [remainders(pairsOf("paired difference", groups), 1)] };
}

function meanQuestion(question: PairedDifferenceQuestion): MeanQuestion {
  return { ...question, statistic: "mean" };
}
