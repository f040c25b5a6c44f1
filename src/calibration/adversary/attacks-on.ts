import type { AnyQuestion } from "../../predictions/kinds.ts";
import type { CoefficientOfVariationQuestion } from "../../statistics/judges/deviation/variation-judge.ts";
import { slopeWeights } from "../../statistics/judges/slope-judge.ts";
import type { Family, MeanQuestion } from "../../statistics/question.ts";
import { type TiltedLaw, tiltedGaussian, tiltedSquare } from "../tilted/tilted-law.ts";
import { attacksOnMoments, attacksOnRegression } from "./attack-moments.ts";
import { attacksOnLaws, attacksOnMedians, attacksOnProportions } from "./attack-ranks.ts";
import { boundedLaws, lawsWithin } from "./laws-within.ts";
import { type Attack, linearAttack } from "./linear-attack.ts";
import { attacksOnAggregates, attacksOnProfile } from "./orders/attack-aggregates.ts";
import { attacksOnArms, attacksOnBand } from "./orders/attack-arms.ts";
import { attacksOnPairs, attacksOnRanks, attacksOnSuperiority } from "./orders/attack-wins.ts";
import { attacksOnPairedRatio, pairedAttack } from "./paired/paired-attack.ts";
import { attacksOnQuantiles, attacksOnRates } from "./ratio/attack-counts.ts";
import { attacksOnRatios } from "./ratio/attack-ratios.ts";
import { attacksOnHazards, attacksOnTimes } from "./times/attack-times.ts";

/** The laws that the adversary tries on a question, inside what its judge promises; none for facts about the replicates seen. */
export function attacksOn(question: AnyQuestion, sizes: readonly number[]): readonly Attack[] {
  switch (question.statistic) {
    case "mean":
      return ofOneMean(question, sizes);
    case "paired-difference":
      return ofOneMean({ ...question, statistic: "mean" }, sizes).map(pairedAttack);
    case "paired-ratio":
      return attacksOnPairedRatio(sizes, meanLaws(question.families ?? []));
    case "slope": {
      const weights = slopeWeights(question.at);
      return question.through === "mean" ? ofMeans(question, weights, sizes) : attacksOnMedians(weights, sizes);
    }
    case "difference":
      if (question.of === "mean") return ofMeans(question, [1, -1], sizes);
      if (question.of === "log-variance") return ofVariances(question, [1, -1], sizes, 0);
      return question.of === "median" ? attacksOnMedians([1, -1], sizes) : attacksOnProportions([1, -1], sizes);
    case "reported":
      return ofMeans(question, [1], sizes).map((attack) => movedBy(attack, question.reported.mean));
    case "ratio":
      return attacksOnRatios(question, sizes, () => meanLaws(question.families ?? []));
    case "standard-deviation":
      return ofVariances(question, [1], sizes, 1);
    case "coefficient-of-variation":
      return attacksOnVariation(question, sizes);
    case "quantile":
      return attacksOnQuantiles(question, sizes);
    case "rate":
      return attacksOnRates(question, sizes);
    case "variance":
      return ofVariances(question, [1], sizes, 1);
    case "regression":
      return attacksOnRegression(question, sizes);
    case "standardised-moment":
      return attacksOnMoments(question, sizes);
    case "median":
      return attacksOnMedians([1], sizes);
    case "proportion":
      return attacksOnProportions([1], sizes);
    case "law":
    case "same-law":
      return attacksOnLaws(question, sizes);
    case "survival":
      return attacksOnTimes(question, sizes);
    case "hazard-ratio":
      return attacksOnHazards(question, sizes);
    case "ordering":
    case "monotone":
      return attacksOnArms(question, sizes);
    case "aggregate":
      return attacksOnAggregates(question, sizes);
    case "performance-profile":
      return attacksOnProfile(question, sizes);
    case "band":
      return attacksOnBand(question, sizes);
    case "rank-correlation":
      return attacksOnRanks(question, sizes);
    case "superiority":
      return attacksOnSuperiority(sizes);
    case "paired-superiority":
      return attacksOnPairs(sizes);
    default:
      return [];
  }
}

function ofOneMean(question: MeanQuestion, sizes: readonly number[]): readonly Attack[] {
  return question.families === undefined && question.range ? bounded(question, sizes) : ofMeans(question, [1], sizes);
}

/** Contrasts of means: values of deviation 1, or of the one that a family declares. */
function ofMeans(question: AnyQuestion, weights: readonly number[], sizes: readonly number[]): readonly Attack[] {
  const families = question.families ?? [];
  const scales = weights.map((_, g) => families[g]?.deviation ?? question.known?.[g]?.spread ?? 1);
  const used = scales.map((scale) => (scale > 0 && Number.isFinite(scale) ? scale : 1));
  const shares = sizes.map((size, g) => ({ size, weight: weights[g]! * used[g]! }));
  return meanLaws(families).map((law) => linearAttack(law, shares, (values, g) => values.map((z) => used[g]! * z)));
}

/** The same of values that lie elsewhere: what is said of their mean's distance from there stays. */
function movedBy(attack: Attack, distance: number): Attack {
  const groupsOf: Attack["groupsOf"] = (values, context) =>
    attack.groupsOf(values, context).map(({ columns }) => ({
      columns: columns.map((column) => column.map((value) => value + distance)),
    }));
  return { ...attack, groupsOf };
}

/** A normal law where one is declared; where a deviation is, laws of kurtoses beyond any claim's: nothing is promised of them. */
function meanLaws(families: readonly Family[]): readonly TiltedLaw[] {
  if (families.every(({ law }) => law === "normal")) return [tiltedGaussian];
  if (families.every(({ deviation }) => deviation !== undefined))
    return lawsWithin({ skewness: 4, excessKurtosis: 60 }, "value");
  return lawsWithin(commonFamily(families), "value");
}

function ofVariances(
  question: AnyQuestion,
  weights: readonly number[],
  sizes: readonly number[],
  truth: number,
): readonly Attack[] {
  const shares = sizes.map((size, g) => ({ size, weight: weights[g]! }));
  return lawsWithin(commonFamily(question.families ?? []), "square").map((law) => ({
    ...linearAttack(law, shares, (values) => values),
    truth,
  }));
}

const COEFFICIENT = 0.3;

/** Values of mean 1, and their mirror images about it: the coefficient moves with the mean too. */
function attacksOnVariation(
  { families = [] }: CoefficientOfVariationQuestion,
  sizes: readonly number[],
): readonly Attack[] {
  const isNormal = families.some(({ law }) => law === "normal");
  const laws = isNormal ? [tiltedSquare] : lawsWithin(commonFamily(families), "square");
  return laws.flatMap((law) =>
    (isNormal ? [1] : [1, -1]).map((side) => ({
      ...linearAttack(law, [{ size: sizes[0]!, weight: 1 }], (values) => values.map((z) => 1 + side * COEFFICIENT * z)),
      law: side === 1 ? law.name : `mirror image of ${law.name}`,
      truth: COEFFICIENT,
    })),
  );
}

/** Inside every group's family. */
function commonFamily(families: readonly Family[]): Family {
  return {
    skewness: Math.min(...families.map(({ skewness }) => skewness)),
    excessKurtosis: Math.min(...families.map(({ excessKurtosis }) => excessKurtosis)),
  };
}

function bounded({ range }: MeanQuestion, sizes: readonly number[]): readonly Attack[] {
  const [from, to] = range!;
  return boundedLaws().map(({ law, at, scale }) => ({
    ...linearAttack(law, [{ size: sizes[0]!, weight: 1 }], (values) =>
      values.map((z) => from + (to - from) * Math.min(1, Math.max(0, at + scale * z))),
    ),
    truth: from + (to - from) * at,
  }));
}
