import type { Judge } from "../statistics/judges/judge.ts";
import type { EstimateShift } from "../statistics/moments/estimate-shift.ts";
import type { StandardError } from "../statistics/moments/standard-error.ts";
import type { Asked, Question } from "../statistics/question.ts";
import type { AnyCell } from "./cells.ts";
import type { Form } from "./form.ts";
import type { AnyAlong, Of } from "./stated.ts";
import type { Synthetic } from "./synthetic/synthetic.ts";

/** What every prediction has, of whatever kind. */
// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
export interface Stated extends Of<any, any> {
  readonly says: string;
  readonly because: string;
}

/**
 * All that is known of one kind of prediction: what an author writes, what it asks of which judge, how it is planned,
 * shown and tried on synthetic truth. Whoever needs to know something of a kind asks `kinds.ts` for it.
 *
 * `P`: what an author may write. `Q`: the question that it becomes.
 */
export interface Kind<P extends Stated, Q extends Question> extends Judged<Q> {
  /** Each way of saying it, with the region that it predicts. */
  readonly says: { readonly [S in P["says"]]: Form<Saying<P, S>> };
  /** Whether a few networks of a heavy tail rule the statistic, by the name that the author gives it: those refuse raw measures. */
  readonly averages: { readonly [S in NamedStatistic<P>]: boolean };
  /** Which samples answer one question. */
  readonly answeredBy: AnsweredBy<P>;
  /** The measures that are a group's columns, where it is not `of` alone. */
  readonly columns?: (prediction: P) => readonly string[];
  /** The measures that may not be heavy-tailed where the statistic averages, where it is not `of` alone. */
  readonly averaged?: (prediction: P) => readonly string[];
  /** The value of a group that planning may use, where it is not the stated, else the predicted one. */
  readonly known?: (prediction: P, group: KnownOfGroup) => number;
  readonly question: (prediction: P, asked: Asked, of: AskedOf) => Q;
}

/** The half of a kind that a question in numbers is enough for. */
export interface Judged<Q extends Question> extends Shown {
  /** Its name, in evidence too. */
  readonly statistic: Q["statistic"];
  /** What the question fixes besides region and rivals, for the claim's manifest. */
  readonly detail: (question: Q) => Detail;
  readonly judge: Judge<Q>;
  readonly estimateShift: EstimateShift<Q>;
  readonly standardError: StandardError<Q>;
  readonly synthetic: Synthetic<Q>;
}

/** A question's detail, as a manifest has it. */
export type ShownDetail = Readonly<Record<string, unknown>>;

/** How a statistic is shown. */
export interface Shown {
  /** In a reader's words, which go before "of" and the measure. */
  readonly words: string;
  /** The same of a question whose detail is known: which quantile, until when. */
  readonly called?: (detail: ShownDetail) => string;
  readonly answer: Answer;
  readonly chart: Chart;
  /** How the estimate holds the middle of the claimed arm, or of a pair's first measure, against that of the other, where it does. */
  readonly contrast?: "difference" | "ratio";
}

/** What an author may write who says it in this way. */
type Saying<P extends Stated, S extends P["says"]> = P extends unknown ? (S extends P["says"] ? P : never) : never;

/** The word by which an author names the statistic: `statistic`, else what a slope goes `through`, else the prediction itself. */
export type NamedStatistic<P extends Stated> = P extends { readonly statistic: infer S extends string }
  ? S
  : P extends { readonly through: infer S extends string }
    ? S
    : P["says"];

/** Where a question stands: its cell, or the cells along its axis, the first one first; and what its measure says of itself. */
export interface AskedOf {
  readonly cells: readonly AnyCell[];
  /** Replicates at the last look. */
  readonly horizon: number;
  readonly range?: readonly [low: number, high: number];
  /** Those of a group's columns, undefined where a measure declares none. */
  readonly ranges: readonly (readonly [low: number, high: number] | undefined)[];
}

export type AnsweredBy<P> =
  /** `over`: the axis whose cells answer together, where the prediction names one. `asks`: what is asked along it, where not a mean. */
  | { readonly from: "cell"; readonly over?: Over<P>; readonly asks?: string }
  /** The cell of the experiment, and that of the claim's second one; with `over` all of the experiment's, then all of the second's. */
  | { readonly from: "both-experiments"; readonly over?: Over<P> }
  /** All cells that differ in one axis only. `asks`: what is asked along it, where not a slope. */
  | { readonly from: "axis"; readonly along: (prediction: P) => AnyAlong; readonly asks?: string };

type Over<P> = (prediction: P) => AnyAlong | undefined;

export interface KnownOfGroup {
  /** Of the statistic: what the claim states of it, where it does. */
  readonly stated: number | undefined;
  /** The centre of the prediction, where it has one. */
  readonly predicted: number | null;
  readonly cell: AnyCell;
  /** Its place among the question's groups. */
  readonly group: number;
}

/** JSON, whose numbers a manifest rounds. */
export interface Detail {
  readonly [name: string]: number | string | readonly number[];
}

/**
 * `value`: a number with a confidence bound on each side. `distance`: zero is perfect agreement and the least there is, so
 * that the low end of a region from zero bounds nothing. `discrepancy`: a distance that each replicate seen must keep to,
 * a fact without an interval.
 */
export type Answer = "value" | "distance" | "discrepancy";

/**
 * How observations are drawn. On the axis of the estimate: `values`; `zeros-and-ones`, which lie on top of one another; the
 * `spread` of values about their mean. Beside it: `values-apart`, `trend` with the isotonic fit through their means or medians, and
 * `times` until something is over, some of which never come; values beside a `reported` one, which is the detail's `mean`; the `tasks` of an
 * aggregate, which have no order; measures each in its own strip of a `band`. Over something else: means or medians along a `slope`, a
 * `scatter` of pairs about a line of the slope that is judged, the steps of a `law`. Of two measures of a replicate: `pairs` in one unit,
 * which a line parts where both are equal, and a `cloud` of two units. Of values apart, the `profile` over thresholds of the share above them.
 */
export type Chart =
  | "values"
  | "zeros-and-ones"
  | "spread"
  | "values-apart"
  | "profile"
  | "trend"
  | "times"
  | "reported"
  | "tasks"
  | "band"
  | "slope"
  | "scatter"
  | "pairs"
  | "cloud"
  | "law";
