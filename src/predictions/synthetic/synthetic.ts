import type { Stream } from "../../numerics/random.ts";
import type { Group } from "../../statistics/judges/judge.ts";
import type { Asked, Family, Known, Question } from "../../statistics/question.ts";
import { gaussianLaw, type Lean, lawWithin, type StandardLaw } from "./standard-law.ts";

/** Values of a kind of question whose true answer is known: what its judge is tried on, and a suite's arms simulated with. */
export interface Synthetic<Q extends Question> {
  /** The statistic's value where each group has its known value; NaN where the claim does not say. */
  readonly knownTruth: (question: Q) => number;
  /** Truths just inside or just outside the edges of the region that values of the statistic can lie beyond. */
  readonly edges: (question: Q, side: "inside" | "outside") => readonly number[];
  /** Whether values cannot be drawn without the known spread of each group. */
  readonly needsSpread: (question: Q) => boolean;
  /** The law of the family that values are drawn from: see `lawOfFamily`. */
  readonly law: (question: Q, truth: number, lean: Lean) => StandardLaw;
  /**
   * Groups for which the statistic is exactly `truth`, with the question's known spreads. Draws follow one another on the
   * stream. Throws `RangeError` where no such law exists.
   */
  readonly draw: (question: Q, truth: number, drawn: Drawn) => readonly Group[];
  /** A question with the same errors whose values are drawn faster, where there is one. */
  readonly standIn?: (question: Q) => Q;
  /** Truths that the judge is tried on, inside what it guarantees. */
  readonly cases: readonly SyntheticCase<Q>[];
}

export interface Drawn {
  /** Values a group, after exclusions. */
  readonly replicates: readonly number[];
  readonly stream: Stream;
  readonly law: StandardLaw;
}

/** One synthetic truth; the judge takes the fewest replicates that it accepts unless `replicates` says otherwise. */
export interface SyntheticCase<Q extends Question> {
  /** Which judge, in a reader's words. */
  readonly judge: string;
  /** The question, before its region, family and known values are filled in. */
  readonly asks: Omit<Q, keyof Asked | "statistic">;
  readonly truth: number;
  /** Of the values; its cumulants are the declared family, exactly, unless `family` says otherwise: no room is given. */
  readonly law: StandardLaw;
  readonly family?: Family;
  /** Which law, in a reader's words, where not by its own name. */
  readonly label?: string;
  /** One a group; a single group of spread 1 where absent. */
  readonly known?: readonly Known[];
  readonly replicates?: number;
  /** Trials that the committed table takes of this case, as a part of the most: what a trial costs decides. */
  readonly part?: number;
  /** Too dear for tests: the committed table alone has it. */
  readonly tableOnly?: boolean;
}

/** The known value of the only group. */
export function knownOfFirst({ known }: Question): number {
  return known?.[0]?.value ?? Number.NaN;
}

/** The same of a discrepancy, which is zero where nothing else is known. */
export function knownDiscrepancy(question: Question): number {
  const known = knownOfFirst(question);
  return Number.isFinite(known) ? known : 0;
}

/** A law of the question's family, of all groups' where they have several; a Gaussian where it declares none, or normality. */
export function lawOfFamily({ families }: Question, _truth: number, lean: Lean): StandardLaw {
  if (families === undefined || families.some(({ law }) => law === "normal")) return gaussianLaw;
  const skewness = Math.min(...families.map((family) => family.skewness));
  const excessKurtosis = Math.min(...families.map((family) => family.excessKurtosis));
  return lawWithin({ skewness, excessKurtosis }, lean);
}

/** The same with a median that is known. */
export function lawWithMedian(question: Question, truth: number, lean: Lean): StandardLaw {
  const law = lawOfFamily(question, truth, lean);
  return law.middle === undefined ? lawOfFamily(question, truth, { ...lean, tails: "light" }) : law;
}

/**
 * "Just" inside or outside, as a part of the region's half-width (of the spread of one-sided regions): far below any
 * standard error, far above rounding.
 */
const JUST = 1e-6;

/** Edges of the region among the values that the statistic can take, each missed by a hair. */
export function edgesFrom(
  { region: { low, high }, known }: Question,
  side: "inside" | "outside",
  [least, most]: readonly [least: number, most: number],
): readonly number[] {
  const width = Number.isFinite(high - low) ? (high - low) / 2 : (known?.[0]?.spread ?? 1);
  const step = (side === "inside" ? -1 : 1) * JUST * (Number.isFinite(width) && width > 0 ? width : 1);
  return [low - step, high + step].filter((truth) => Number.isFinite(truth) && truth >= least && truth <= most);
}

/** Edges of the region of a statistic that may have any value. */
export function edgesAnywhere(question: Question, side: "inside" | "outside"): readonly number[] {
  return edgesFrom(question, side, [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
}

/** Of distances and discrepancies only the upper edge is one to cross. */
export function upperEdge(question: Question, side: "inside" | "outside", most: number): readonly number[] {
  return edgesFrom(question, side, [question.region.high / 2, most]);
}
