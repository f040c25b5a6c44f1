/** The predicted region, closed; infinite ends make it one-sided. */
export interface Region {
  readonly low: number;
  readonly high: number;
}

/**
 * The laws of one replicate's value for which a verdict's error rate is promised: declared by the claim, one a group, and held
 * against the samples (`family-check.ts`). For a regression: of the score of a block of `REGRESSION_BLOCK` replicates.
 */
export interface Family {
  /** |third standardised cumulant| at most this. Means are bounded without it: it enters plans, checks and standardised moments. */
  readonly skewness: number;
  /** Fourth standardised cumulant at most this. */
  readonly excessKurtosis: number;
  /** Standard deviation at most this, by theory: narrower than what the samples can say of it. */
  readonly deviation?: number;
  /** The law is normal, by declaration. */
  readonly law?: "normal";
}

/** What theory says the samples will look like, for planning only: it never enters a verdict. */
export interface Known {
  /** The statistic's true value at this finite size (differs from the prediction's centre by the declared bias). */
  readonly value: number;
  /** Standard deviation of one replicate's value (regression: of the score over the variance of the regressor; median: the one that gives se = 1.2533 spread / sqrt n). */
  readonly spread: number;
  /** Probability that a replicate counts (is not excluded by `given`). */
  readonly counts: number;
}

/** What every question has besides its statistic. */
export interface Asked {
  readonly region: Region;
  readonly rivals: readonly number[];
  /** One a group, in the groups' order. */
  readonly families?: readonly Family[];
  /** One a group, in the groups' order. */
  readonly known?: readonly Known[];
}

/**
 * What a judge is asked, in numbers only: a prediction of a claim evaluated at the cells it concerns.
 * A claim's arm resolves to one question a cell, or to one question over several cells (slopes).
 */
export interface Question extends Asked {
  /** What is judged; with the details of its own kind of question, which extends this one. */
  readonly statistic: string;
}

/** Groups: one, of one column. Only columns of kind log, bounded or increment. */
export interface MeanQuestion extends Question {
  readonly statistic: "mean";
  /** The values' declared range, where bounded. */
  readonly range?: readonly [number, number];
  /** Replicates that the last look takes, where there are several: it tunes bets, which must not change between looks. */
  readonly horizon?: number;
}

/** Groups: one, of one column; -Infinity is the lowest rank. */
export interface MedianQuestion extends Question {
  readonly statistic: "median";
}

export interface VarianceQuestion extends Question {
  readonly statistic: "variance";
}

/** `order` 3: skewness. `order` 4: excess kurtosis. */
export interface StandardisedMomentQuestion extends Question {
  readonly statistic: "standardised-moment";
  readonly order: 3 | 4;
}

/** Columns of zeros and ones. */
export interface ProportionQuestion extends Question {
  readonly statistic: "proportion";
}

/**
 * Ordinary least squares through the groups' means or medians against each group's position: a fixed linear contrast.
 * Groups are independent. Layer increments need no slope: their mean is the rate.
 */
export interface SlopeQuestion extends Question {
  readonly statistic: "slope";
  readonly through: "mean" | "median";
  /** Position of each group, already transformed (depth, sqrt(depth), ln(depth) ...). */
  readonly at: readonly number[];
}

/** One group of two columns [regressor, response], independent pairs; residuals may be skewed and heteroscedastic. */
export interface RegressionQuestion extends Question {
  readonly statistic: "regression";
}

/** Two independent groups of one column: statistic of the first less that of the second. Pairs have a question of their own. */
export interface DifferenceQuestion extends Question {
  readonly statistic: "difference";
  readonly of: "mean" | "median" | "log-variance" | "proportion";
}

/** One group; sup-distance between its law and a fully specified one, or the nearest of a family; region is [0, within]. Rivals: distances of rival laws. */
export interface LawQuestion extends Question {
  readonly statistic: "law";
  readonly law: Law | FittedLaw;
}

/** Two independent groups; sup-distance between their laws; region is [0, within]. */
export interface SameLawQuestion extends Question {
  readonly statistic: "same-law";
}

/** One group of times, or of two columns [time, 1 where it is censored, 0 where it is over]; times of +Infinity never come. */
export interface SurvivalQuestion extends Question {
  readonly statistic: "survival";
  readonly of: "fraction-left" | "median-time" | "restricted-mean-time";
  /** Whether times may be censored at random; else each is known. */
  readonly censored: boolean;
  /** The time at which a fraction is left, or up to which a mean is restricted. */
  readonly limit?: number;
  /** As that of a mean. */
  readonly horizon?: number;
}

/** Two independent groups as those of survival: the first's hazard over the second's, the same at all times. */
export interface HazardRatioQuestion extends Question {
  readonly statistic: "hazard-ratio";
  readonly censored: boolean;
}

/** The arms' groups, of one column: all strata of the first, then all of the second in the same order. Values are ranked only. */
export interface SuperiorityQuestion extends Question {
  readonly statistic: "superiority";
}

/** What questions about several arms share: one group of one column an arm, by their names; independent. */
export interface ComparedArms extends Question {
  readonly through: "mean" | "median";
  readonly names: readonly string[];
  /** The values' declared range, where bounded. */
  readonly range?: readonly [number, number];
}

/** Smallest step of the pairs: of each, the arm that is said to be ahead, and the one behind it. */
export interface OrderingQuestion extends ComparedArms {
  readonly statistic: "ordering";
  readonly pairs: readonly (readonly [ahead: number, behind: number])[];
}

/** Largest violation of a trend along the arms; region is [0, within]. */
export interface MonotoneQuestion extends ComparedArms {
  readonly statistic: "monotone";
  readonly order: "ascending" | "descending";
}

/** Groups: one a task, of one column, as many values each; the mixture in which every task counts alike. */
export interface AggregateQuestion extends Question {
  readonly statistic: "aggregate";
  readonly of: "interquartile-mean" | "optimality-gap" | "share-above";
  /** The target from which scores fall short, or the threshold above which they count; 0 where neither is asked. */
  readonly limit: number;
  /** The least that a score may be, of an optimality gap. */
  readonly floor: number;
}

/**
 * Groups as those of an aggregate: by how much the share of the scores above a threshold lies beyond its band where it does so most,
 * negative where it is inside at every one; region is (-Infinity, 0].
 */
export interface ProfileQuestion extends Question {
  readonly statistic: "performance-profile";
  /** Rising. */
  readonly thresholds: readonly number[];
  /** The least and the most that the share may be above each; 0 and 1 ask for nothing. */
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

/**
 * One group a cell, of one column a measure: the largest distance of a statistic from its value, in its margins; region is [0, 1]. Families: of the
 * means without a range, those of the first cell first.
 */
export interface BandQuestion extends Question {
  readonly statistic: "band";
  readonly measures: readonly string[];
  /** Of each measure; medians where absent. */
  readonly through?: readonly ("median" | "mean" | "proportion")[];
  /** Of the means' measures, where declared. */
  readonly ranges?: readonly (readonly [number, number] | undefined)[];
  /** Of the cells, along their axis. */
  readonly names: readonly string[];
  /** One row a cell, one entry a measure. */
  readonly values: readonly (readonly number[])[];
  readonly within: readonly (readonly number[])[];
}

/** One group of two columns, which are ranked. */
export interface RankCorrelationQuestion extends Question {
  readonly statistic: "rank-correlation";
  readonly of: "kendall-tau" | "spearman-rho";
}

/** One group a stratum, of two columns: what is to be larger, and what it is compared with. */
export interface PairedSuperiorityQuestion extends Question {
  readonly statistic: "paired-superiority";
}

/** One group of two columns, finite: the mean of the first less the second, pair by pair. Families and knowledge are of the differences. */
export interface PairedDifferenceQuestion extends Question {
  readonly statistic: "paired-difference";
  /** Of the differences, where both measures are bounded. */
  readonly range?: readonly [number, number];
  /** As that of a mean. */
  readonly horizon?: number;
}

/**
 * One group of two columns, finite: the mean of the first over that of the second, which is above zero. Families are of the first less r
 * times the second at every r, and of the second; `Known.spread` is of that remainder at the known ratio, over the second's mean.
 */
export interface PairedRatioQuestion extends Question {
  readonly statistic: "paired-ratio";
  /** Standard deviation of the second measure over its mean, for planning. */
  readonly overSpread?: number;
}

/** One group: a discrepancy in units of its derived rounding bound; every replicate must be inside. */
export interface IdentityQuestion extends Question {
  readonly statistic: "identity";
}

/** One group: the number of differing bytes; every replicate must have none. */
export interface BytesQuestion extends Question {
  readonly statistic: "bytes";
}

/** Fully specified laws: x = location + sign * X with X of the named law; values with their chances; or the author's own function. */
export type Law =
  | { readonly name: "gamma"; readonly shape: number; readonly location: number; readonly sign: 1 | -1 }
  | { readonly name: "normal"; readonly mean: number; readonly standardDeviation: number }
  | DiscreteLaw
  | GivenLaw;

/** `at` rises; the chances add to 1. */
export interface DiscreteLaw {
  readonly name: "discrete";
  readonly at: readonly number[];
  readonly chances: readonly number[];
}

/** A law by its distribution function, of which the claim's manifest keeps the values at even steps over `over`. */
export interface GivenLaw {
  readonly name: "given";
  /** Which law, for a reader. */
  readonly words: string;
  /** P(X <= x). */
  readonly upTo: (x: number) => number;
  /** P(X < x), where the law has atoms. */
  readonly below?: (x: number) => number;
  readonly over: readonly [low: number, high: number];
}

/** Any law of a family: the distance is that to the nearest one. */
export interface FittedLaw {
  readonly name: "fitted";
  readonly family: "normal" | "laplace" | "logistic" | "exponential";
}
