import { meanOf, moments } from "../../moments/moments.ts";
import {
  decidingReplicates,
  familiesOf,
  knownGroups,
  plannedParts,
  type Reach,
  smallestHalfWidth,
} from "../../planning/contrast-planning.ts";
import { meanReach } from "../../proved/mean-bounds.ts";
import { meanRatioBounds } from "../../proved/mean-ratio.ts";
import type { Family, PairedRatioQuestion } from "../../question.ts";
import { boundsAround, type Judge, JudgeError, RefusedSample, requireSpread } from "../judge.ts";
import { pairsOf, remainders } from "./pairs.ts";

const SUBJECT = "paired ratio";

/** Mean of the first measure over that of the second, of independent pairs: Fieller, whatever joins the two measures. */
export const pairedRatioJudge: Judge<PairedRatioQuestion> = {
  subject: () => "paired ratio of means",

  guarantee:
    "proved at every n, for independent pairs: at each ratio r as for a mean of the first less r times the second (Fieller), where that has a law of the declared family at every r, and the second itself too",

  bounds: (groups, question, alpha) => {
    const family = familyOf(question);
    const pairs = pairsOf(SUBJECT, groups);
    const [of, over] = pairs;
    if (of.length < 2) throw new RefusedSample(`${SUBJECT} requires at least two pairs, got ${of.length}`);
    for (const column of pairs) requireSpread(SUBJECT, moments(column).variance);
    const estimate = meanOf(of) / meanOf(over);
    const rows = { numerators: of, denominators: over, denominator: family, familyAt: () => family };
    const spread = Math.sqrt(moments(remainders(pairs, estimate)).variance) / Math.abs(meanOf(over));
    return boundsAround(estimate, meanRatioBounds(rows, alpha), [spread]);
  },

  familyValues: (groups) => {
    const pairs = pairsOf(SUBJECT, groups);
    return [remainders(pairs, meanOf(pairs[0]) / meanOf(pairs[1]))];
  },

  needsFamilies: () => true,

  detects: (replicates, question, errors) => smallestHalfWidth(replicates, question.region, errors, reachOf(question)),

  needs: (replicates, question, errors) => {
    const [known] = knownGroups(SUBJECT, question.known, 1);
    return decidingReplicates(replicates, known!.value, question.region, errors, reachOf(question));
  },
};

/** A deviation has the unit of one measure: it bounds no remainder at every ratio. */
function familyOf(question: PairedRatioQuestion): Family {
  const [family] = familiesOf(SUBJECT, question, 1);
  if (family!.deviation === undefined) return family!;
  throw new JudgeError(`${SUBJECT} requires a family without a deviation, got one of ${family!.deviation}`);
}

/** Of the remainders' mean at the ratio, over what the second mean may seem to be: its own is 1. */
function reachOf(question: PairedRatioQuestion): Reach {
  const known = knownGroups(SUBJECT, question.known, 1);
  const family = familyOf(question);
  return (replicates, alpha, undecided) => {
    const { parts, left } = plannedParts(replicates, known, [1], undecided);
    const { count, spread } = parts[0]!;
    const ofOver = meanReach(count, question.overSpread ?? Number.NaN, family, alpha, left);
    return ofOver < 1 ? meanReach(count, spread, family, alpha, left) / (1 - ofOver) : Number.POSITIVE_INFINITY;
  };
}
