import type { Question } from "../question.ts";

/** The values of one cell, one entry a replicate; several columns only for regressions. Excluded replicates are gone already. */
export interface Group {
  readonly columns: readonly Float64Array[];
}

/** One-sided error levels. `support` for each bound of the interval that must lie inside the region; `refute` for each bound that must lie beyond it. */
export interface Levels {
  readonly support: number;
  readonly refute: number;
}

export type State = "supported" | "refuted" | "inconclusive";

/** What a judge found. `low` and `high` are one-sided confidence bounds, each wrong with probability at most `levels.support`. */
export interface Finding {
  readonly state: State;
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** Values used, all groups together. */
  readonly replicates: number;
  /** As those of the bounds. */
  readonly parts?: readonly FoundPart[];
  /** Why nothing is decided, where the sample was refused. */
  readonly refused?: string;
  /** Empirical spread on the scale of `Known.spread`, one a group: what a plan could have used. */
  readonly spread: readonly number[];
}

/** Probability of staying undecided that planning may spend on this question, both sides together. */
export interface PlanningErrors extends Levels {
  readonly undecided: number;
}

/** One judge for each kind of question: it tests, says the smallest effect it would see and the samples it requires. */
export interface Judge<Q extends Question> {
  /** What is judged, as its author wrote it, where that is not the statistic's name: refusals begin with it. */
  readonly subject?: (question: Q) => string;
  /** The laws for which the error levels are guaranteed, in one sentence a reader understands. */
  readonly guarantee: string;
  /**
   * One-sided bounds: P(truth < low) <= alpha and P(truth > high) <= alpha for every law of the family.
   * Too few values give infinite bounds. Throws `RefusedSample` for a degenerate sample, and `JudgeError` for what is no sample or no
   * family (NaN, values outside the range, nothing declared).
   */
  readonly bounds: (groups: readonly Group[], question: Q, alpha: number) => Bounds;
  /** The values that the declared families are about, one array a group; undefined where the bounds need no family. */
  readonly familyValues?: (groups: readonly Group[], question: Q) => readonly Float64Array[] | undefined;
  /** Whether the question has no bounds without declared families, one a group. */
  readonly needsFamilies?: (question: Q) => boolean;
  /** Whether the bounds hold at all looks together, each at the whole level. */
  readonly anytime?: (question: Q) => boolean;
  /** Smallest half-width of a region around the known value that n replicates a group would support with probability 1 - undecided. */
  readonly detects: (replicates: readonly number[], question: Q, errors: PlanningErrors) => number;
  /**
   * Replicates a group, before exclusions and in the proportions given, that decide the question at its known value
   * (supported where that lies inside the region, refuted where outside) with probability 1 - undecided; Infinity if none do.
   */
  readonly needs: (replicates: readonly number[], question: Q, errors: PlanningErrors) => readonly number[];
}

/** `low` and `high` each at the level asked; `estimate` between them unless both are infinite. */
export interface Bounds {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  readonly spread: readonly number[];
  /** What the answer is made of, where one question asks for several things. */
  readonly parts?: readonly FoundPart[];
}

/** One of several things that a question asks for together, by name, in the units of its answer; the bounds hold for all parts together. */
export interface FoundPart {
  readonly label: string;
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** `familyValues` of judges whose families are about the groups' values themselves. */
export function firstColumns(groups: readonly Group[]): readonly Float64Array[] {
  return groups.map(({ columns }) => columns[0]!);
}

/** Bounds with an estimate of their own, which lies between them or moves the nearer one: that only widens them. */
export function boundsAround(
  estimate: number,
  { low, high }: Pick<Bounds, "low" | "high">,
  spread: readonly number[],
): Bounds {
  return { estimate, low: Math.min(low, estimate), high: Math.max(high, estimate), spread };
}

/** Refuses values that are all equal: a law that has a kurtosis varies, and such a sample shows a broken measure. */
export function requireSpread(subject: string, variance: number): void {
  if (!(variance > 0)) throw new RefusedSample(`${subject} requires values that vary, got only equal ones`);
}

/** Thrown for data or laws that a judge does not guarantee: an author's mistake or a broken experiment, never a verdict. */
export class JudgeError extends Error {
  override readonly name = "JudgeError";
}

/** What a question is about, in its author's words. */
export function subjectOf<Q extends Question>({ subject }: Pick<Judge<Q>, "subject">, question: Q): string {
  return subject?.(question) ?? question.statistic.replaceAll("-", " ");
}

/**
 * The same refusal of what was asked. A judge may ask another one, whose name means nothing to who wrote a standard deviation and reads
 * that a variance requires values that vary.
 */
export function inWordsOf(subject: string, error: JudgeError): JudgeError {
  const [whole, planning = "", named] = /^(planning of an? )?(.*?) requires /.exec(error.message) ?? [];
  if (whole === undefined || named!.startsWith(subject)) return error;
  const article = /^[aeiou]/.test(subject) ? "an" : "a";
  const begins = `${planning === "" ? "" : `planning of ${article} `}${subject} requires `;
  const Kind = error instanceof RefusedSample ? RefusedSample : JudgeError;
  return new Kind(begins + error.message.slice(whole.length), { cause: error });
}

/** Thrown for a sample that its judge can say nothing of: the answer is "inconclusive", for this reason. */
export class RefusedSample extends JudgeError {}
