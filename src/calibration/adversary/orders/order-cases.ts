import { EVERYWHERE } from "../../judges/judge-case.ts";
import type { AdversaryCase } from "../adversary-cases.ts";

const asked = { region: EVERYWHERE, rivals: [] };
const arms = { names: ["a", "b", "c"], ...asked } as const;
const pairs = [
  [1, 0],
  [2, 1],
] as const;
const EXITS = { skewness: 1.54, excessKurtosis: 4.01 };
const families = [EXITS, EXITS, EXITS];
const DECLARED = "skewness 1.54, excess kurtosis 4.01";
// Cheap, and near their level, so that a rate is told from 1 by more trials than the dear have.
const ANY = { declared: "any law", part: 2 };
// Exact, so that they use their whole level.
const EXACT = { ...ANY, part: 20 };

/** Judges of who is ahead of whom. */
export const ORDER_CASES: readonly AdversaryCase[] = [
  { ...ANY, judge: "superiority", question: { statistic: "superiority", ...asked }, groups: 2, replicates: 60 },
  {
    ...ANY,
    judge: "superiority",
    declared: "any law, two strata",
    question: { statistic: "superiority", ...asked },
    groups: 4,
    replicates: 60,
  },
  {
    ...ANY,
    judge: "paired superiority",
    question: { statistic: "paired-superiority", ...asked },
    groups: 1,
    replicates: 100,
  },
  {
    ...ANY,
    judge: "paired superiority",
    declared: "any law, two strata",
    question: { statistic: "paired-superiority", ...asked },
    groups: 2,
    replicates: 60,
  },
  {
    judge: "smallest step of means",
    declared: DECLARED,
    question: { statistic: "ordering", through: "mean", pairs, ...arms, families },
    groups: 3,
    part: 0.3,
  },
  {
    ...ANY,
    judge: "smallest step of medians",
    question: { statistic: "ordering", through: "median", pairs, ...arms },
    groups: 3,
    replicates: 200,
    part: 0.1,
  },
  {
    judge: "violation of a trend of means",
    declared: DECLARED,
    question: { statistic: "monotone", through: "mean", order: "ascending", ...arms, families },
    groups: 3,
    part: 0.3,
  },
  ...(["ordering", "monotone"] as const).map((statistic): AdversaryCase => {
    const asks = { through: "mean", range: [0, 1], ...arms } as const;
    return {
      judge: statistic === "ordering" ? "smallest step of means" : "violation of a trend of means",
      declared: "values from 0 to 1",
      question: statistic === "ordering" ? { statistic, pairs, ...asks } : { statistic, order: "ascending", ...asks },
      groups: 3,
      replicates: 200,
      part: 0.3,
    };
  }),
  {
    ...ANY,
    judge: "violation of a trend of medians",
    question: { statistic: "monotone", through: "median", order: "ascending", ...arms },
    groups: 3,
    replicates: 200,
    part: 0.1,
  },
  ...(["interquartile-mean", "optimality-gap", "share-above"] as const).map(
    (of): AdversaryCase => ({
      ...(of === "share-above" ? EXACT : ANY),
      judge: of.replaceAll("-", " "),
      declared: of === "optimality-gap" ? "scores from 0 to 1" : "any law",
      question: { statistic: "aggregate", of, limit: of === "interquartile-mean" ? 0 : 1, floor: 0, ...asked },
      groups: 4,
      replicates: 40,
    }),
  ),
  {
    ...EXACT,
    judge: "performance profile",
    question: { statistic: "performance-profile", thresholds: [1, 2], lower: [0.3, 0], upper: [1, 0.3], ...asked },
    groups: 4,
    replicates: 40,
  },
  ...(["kendall-tau", "spearman-rho"] as const).map(
    (of): AdversaryCase => ({
      ...ANY,
      judge: of === "kendall-tau" ? "Kendall's tau" : "Spearman's rho",
      question: { statistic: "rank-correlation", of, ...asked },
      groups: 1,
      replicates: 100,
    }),
  ),
  {
    ...ANY,
    judge: "band of medians",
    question: { statistic: "band", measures: ["a", "b"], names: [""], values: [[0, 5]], within: [[1, 2]], ...asked },
    groups: 1,
    replicates: 201,
  },
  {
    judge: "band of means",
    declared: DECLARED,
    question: {
      ...{ statistic: "band", measures: ["a", "b"], names: [""], values: [[0, 5]], within: [[1, 2]], ...asked },
      ...{ through: ["mean", "mean"], families: [EXITS, EXITS] },
    },
    groups: 1,
    replicates: 800,
    part: 0.3,
  },
  {
    ...ANY,
    judge: "band of proportions",
    declared: "any probabilities",
    question: {
      ...{ statistic: "band", measures: ["a", "b"], names: [""], values: [[0.3, 0.7]], within: [[0.2, 0.2]], ...asked },
      through: ["proportion", "proportion"],
    },
    groups: 1,
    replicates: 300,
  },
];
