import { requireGroups } from "../../contrasts/group-column.ts";
import { decidingReplicates, smallestHalfWidth } from "../../planning/contrast-planning.ts";
import { firstColumns, type Judge } from "../judge.ts";
import { isFromZero, ratioOfMeans } from "./mean-ratio.ts";
import { ratioOfMedians } from "./median-ratio.ts";
import { ratioOfProportions } from "./proportion-ratio.ts";
import { ratioOfRates } from "./rate-ratio.ts";
import type { RatioQuestion } from "./ratio-question.ts";
import { knownRatio, reachOfRatio } from "./ratio-reach.ts";

/** A statistic of the first group over that of the second. */
export const ratioJudge: Judge<RatioQuestion> = {
  subject: ({ of }) => `ratio of ${of}s`,

  guarantee:
    "proved at every n; of means: at each ratio r as for a mean of the first less r times the second (Fieller), each group of its own family, or within a declared range (betting, half of the level a group); of medians of any law from 0 up and of proportions, for two independent groups: joint order statistics, joint Clopper-Pearson; of rates of Poisson counts: exact, given their total; with a declared dispersion joint bounds of negative binomial counts of it, and measured for those of a smaller one",

  bounds: (groups, question, alpha) => {
    requireGroups("ratio", groups, 2);
    switch (question.of) {
      case "mean":
        return ratioOfMeans(groups, question, alpha);
      case "median":
        return ratioOfMedians(groups, alpha);
      case "proportion":
        return ratioOfProportions(groups, alpha);
      case "rate":
        return ratioOfRates(groups, question.dispersion ?? 0, alpha);
    }
  },

  familyValues: (groups, { of }) => (of === "mean" ? firstColumns(groups) : undefined),

  needsFamilies: ({ of, range }) => of === "mean" && !isFromZero(range),

  detects: (replicates, question, errors) =>
    smallestHalfWidth(replicates, question.region, errors, reachOfRatio(question)),

  needs: (replicates, question, errors) =>
    decidingReplicates(replicates, knownRatio(question), question.region, errors, reachOfRatio(question)),
};
