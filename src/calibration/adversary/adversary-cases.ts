import { type AnyQuestion, kindOf } from "../../predictions/kinds.ts";
import type { RatioQuestion } from "../../statistics/judges/ratio/ratio-question.ts";
import type { Family, Law } from "../../statistics/question.ts";
import { EVERYWHERE } from "../judges/judge-case.ts";
import { ORDER_CASES } from "./orders/order-cases.ts";
import { PAIRED_CASES } from "./paired/paired-cases.ts";
import { COUNT_CASES } from "./ratio/count-cases.ts";

/** A judge whose worst law is looked for, at the fewest values a group for which it bounds anything and at five times as many. */
export interface AdversaryCase {
  readonly judge: string;
  /** What the judge may count on, in a reader's words. */
  readonly declared: string;
  readonly question: AnyQuestion;
  readonly groups: number;
  /** Values a group where "fewest" means nothing: judges whose bounds are finite at any number. */
  readonly replicates?: number;
  /** Trials as a part of the most: what a trial costs decides. */
  readonly part?: number;
}

const asked = { region: EVERYWHERE, rivals: [] };

/** From tame to wild: those of the review's faults, (1.54, 4.01), (2, 40) and (2, 120), are among them. */
const FAMILIES: readonly Family[] = [
  { skewness: 0, excessKurtosis: 0 },
  { skewness: 1, excessKurtosis: 2 },
  { skewness: 1.54, excessKurtosis: 4.01 },
  { skewness: 2, excessKurtosis: 40 },
  { skewness: 2, excessKurtosis: 120 },
];
const [TAME, , EXITS, WILD] = FAMILIES as readonly [Family, Family, Family, Family, Family];
const NORMAL: Law = { name: "normal", mean: 0, standardDeviation: 1 };
const DICE: Law = { name: "discrete", at: [1, 2, 3, 4, 5, 6], chances: Array<number>(6).fill(1 / 6) };

/** An atom of 0.3 at 0, else exponential. */
const WITH_ATOM: Law = {
  name: "given",
  words: "exponential or at once 0",
  upTo: (x) => (x < 0 ? 0 : 1 - 0.7 * Math.exp(-x)),
  below: (x) => (x <= 0 ? 0 : 1 - 0.7 * Math.exp(-x)),
  over: [0, 40],
};

/** Every judge that gives an interval. */
export const ADVERSARY_CASES: readonly AdversaryCase[] = [
  ...FAMILIES.map((family) => caseOf("mean", { statistic: "mean", ...asked, families: [family] })),
  { ...caseOf("mean", { statistic: "mean", ...asked, families: [{ ...WILD, deviation: 1 }] }), part: 1 },
  // Exact, so that a rate is told from 1 only by many trials; of one law, and cheap.
  { ...caseOf("mean", { statistic: "mean", ...asked, families: [{ ...TAME, law: "normal" }] }), part: 50 },
  {
    ...caseOf("mean", { statistic: "mean", ...asked, range: [0, 1] }),
    declared: "values from 0 to 1",
    replicates: 200,
  },
  ...FAMILIES.map((family) => caseOf("variance", { statistic: "variance", ...asked, families: [family] })),
  ...[TAME, EXITS].map((family) => ({
    ...caseOf("difference of log-variances", logVariances(family)),
    part: 0.5,
  })),
  ...[TAME, EXITS, WILD].map((family) => caseOf("difference of means", differenceOfMeans(family))),
  ...[TAME, EXITS].map((family) => ({ ...caseOf("slope of means", slopeOfMeans(family)), part: 0.5 })),
  ...[{ skewness: 1, excessKurtosis: 2 }, EXITS].map((family) => ({
    ...caseOf("regression", { statistic: "regression", ...asked, families: [family] }),
    part: 0.05,
  })),
  ...([3, 4] as const).flatMap((order) =>
    [TAME, { skewness: 0.5, excessKurtosis: 0.5 }].map((family) => ({
      ...caseOf(order === 3 ? "skewness" : "excess kurtosis", momentOf(order, family)),
      part: 0.1,
    })),
  ),
  { ...caseOf("median", { statistic: "median", ...asked }), replicates: 101 },
  { ...caseOf("proportion", { statistic: "proportion", ...asked }), replicates: 1000 },
  {
    ...caseOf("difference of medians", { statistic: "difference", of: "median", ...asked }),
    replicates: 200,
    part: 0.1,
  },
  {
    ...caseOf("difference of proportions", { statistic: "difference", of: "proportion", ...asked }),
    replicates: 300,
    part: 0.1,
  },
  ...[TAME, EXITS].map((family) => ({
    ...caseOf("standard deviation", { statistic: "standard-deviation", ...asked, families: [family] }),
    part: 0.5,
  })),
  ...[TAME, EXITS].map((family) => ({
    ...caseOf("coefficient of variation", { statistic: "coefficient-of-variation", ...asked, families: [family] }),
    part: 0.5,
  })),
  {
    ...caseOf("coefficient of variation", {
      ...{ statistic: "coefficient-of-variation", ...asked, families: [{ ...TAME, law: "normal" }] },
    }),
    ...{ replicates: 30, part: 5 },
  },
  ...[0.9, 0.1].map((part) => ({
    ...caseOf("quantile", { statistic: "quantile", part, ...asked }),
    declared: `any law, part ${part}`,
    replicates: 201,
  })),
  { ...caseOf("rate", { statistic: "rate", ...asked }), declared: "Poisson counts", replicates: 200 },
  {
    ...caseOf("mean less a reported one", {
      ...{ statistic: "reported", reported: { mean: 2, deviation: 1, count: 1e6, by: "normal" } },
      ...{ ...asked, families: [EXITS] },
    }),
    part: 0.1,
  },
  ...[TAME, EXITS].map((family) => ({ ...caseOf("ratio of means", ratioOf("mean", family)), part: 0.1 })),
  { ...caseOf("ratio of means", ratioOf("mean", { ...TAME, law: "normal" })), part: 0.5 },
  {
    ...caseOf("ratio of means", { statistic: "ratio", of: "mean", ...asked, range: [0, 1] }),
    declared: "values from 0 to 1",
    replicates: 200,
    part: 0.2,
  },
  ...(["median", "proportion", "rate"] as const).map((of) => ({
    ...caseOf(`ratio of ${of}s`, { statistic: "ratio", of, ...asked }),
    replicates: 300,
    part: 0.1,
  })),
  { ...caseOf("law", { statistic: "law", law: NORMAL, ...asked }), replicates: 400, part: 0.5 },
  {
    ...caseOf("law", { statistic: "law", law: DICE, ...asked }),
    declared: "any law, held against one of six values",
    replicates: 400,
    part: 0.5,
  },
  {
    ...caseOf("law", { statistic: "law", law: WITH_ATOM, ...asked }),
    declared: "any law, held against a given one with an atom",
    replicates: 400,
    part: 0.2,
  },
  {
    ...caseOf("law", { statistic: "law", law: { name: "fitted", family: "normal" }, ...asked }),
    declared: "any law, held against all normal ones",
    replicates: 400,
    part: 0.02,
  },
  ...(["fraction-left", "median-time", "restricted-mean-time"] as const).flatMap((of) =>
    [true, false].map((censored) => ({
      ...caseOf(of.replaceAll("-", " "), { statistic: "survival", of, censored, limit: 1, ...asked }),
      declared: censored ? "any law, censored" : "any law, all known",
      replicates: 200,
      part: censored ? 0.3 : 1,
    })),
  ),
  {
    ...caseOf("hazard ratio", { statistic: "hazard-ratio", censored: true, ...asked }),
    declared: "proportional hazards, censored",
    replicates: 150,
    part: 0.1,
  },
  { ...caseOf("same law", { statistic: "same-law", ...asked }), replicates: 400, part: 0.5 },
  ...ORDER_CASES,
  ...PAIRED_CASES,
  ...COUNT_CASES,
];

function caseOf(judge: string, question: AnyQuestion): AdversaryCase {
  const groups =
    question.families?.length ??
    (["difference", "ratio", "same-law", "hazard-ratio"].includes(question.statistic) ? 2 : 1);
  // Ten times the kurtosis, ten times the values.
  const kurtosis = Math.max(0, ...(question.families ?? []).map(({ excessKurtosis }) => excessKurtosis));
  return { judge, declared: declaredIn(question), question, groups, part: kurtosis > 20 ? 0.2 : 1 };
}

/** The law that a question's judge may count on, in words. */
export function declaredIn({ families }: AnyQuestion): string {
  if (families === undefined) return "any law";
  const words = families.map(({ skewness, excessKurtosis, deviation, law }) => {
    if (law === "normal") return "a normal law";
    const cumulants = `skewness ${skewness}, excess kurtosis ${excessKurtosis}`;
    return deviation === undefined ? cumulants : `deviation ${Number(deviation.toPrecision(3))}`;
  });
  return [...new Set(words)].join("; ");
}

function differenceOfMeans(family: Family): AnyQuestion {
  return { statistic: "difference", of: "mean", ...asked, families: [family, family] };
}

function ratioOf(of: RatioQuestion["of"], family: Family): AnyQuestion {
  return { statistic: "ratio", of, ...asked, families: [family, family] };
}

function logVariances(family: Family): AnyQuestion {
  return { statistic: "difference", of: "log-variance", ...asked, families: [family, family] };
}

function slopeOfMeans(family: Family): AnyQuestion {
  return { statistic: "slope", through: "mean", at: [1, 2, 4, 8], ...asked, families: Array<Family>(4).fill(family) };
}

function momentOf(order: 3 | 4, family: Family): AnyQuestion {
  return { statistic: "standardised-moment", order, ...asked, families: [family] };
}

/** Which judge answers a question, in a reader's words. */
export function shownJudge(question: AnyQuestion): string {
  switch (question.statistic) {
    case "slope":
      return `slope of ${question.through}s`;
    case "ratio":
      return `ratio of ${question.of}s`;
    case "difference":
      return `difference of ${question.of}s`;
    case "survival":
      return question.of.replaceAll("-", " ");
    case "rank-correlation":
      return question.of === "kendall-tau" ? "Kendall's tau" : "Spearman's rho";
    case "standardised-moment":
      return question.order === 3 ? "skewness" : "excess kurtosis";
    default:
      return kindOf(question).words;
  }
}
