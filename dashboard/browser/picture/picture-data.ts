/** The picture of a claim, as its page draws it; the site's generator writes one a claim. */
export type Picture = AcrossPicture | PairsPicture | LawPicture | SurvivalPicture;

interface Drawn {
  /** What the picture shows, in a sentence or two with numbers. */
  readonly sentence: string;
  readonly across: Axis;
  readonly up: Axis;
}

export interface Axis {
  readonly words: string;
  readonly scale: "linear" | "log";
  /** Names of the places 0, 1, 2, ... where the axis has no numbers. */
  readonly places?: readonly string[];
}

/** Observations over an axis of the claim's grid: the cloud, its middle and its spread, and what theory predicts. */
export interface AcrossPicture extends Drawn {
  readonly form: "across";
  readonly series: readonly Series[];
  readonly theory: readonly Curve[];
  readonly rivals: readonly Curve[];
  /** Of a question about several measures: the others', drawn below over the same axis. */
  readonly further?: readonly AcrossPicture[];
}

/** One arm, or one line of it. */
export interface Series {
  /** Of the arm, and of the line where the arm has several. */
  readonly name: string;
  readonly arm: string;
  readonly kind: "claimed" | "against" | "control";
  /** What a control is held against: in the control's hue, its line broken. */
  readonly isCompared?: true;
  readonly points: readonly Point[];
}

/** One cell of an arm. */
export interface Point {
  readonly x: number;
  readonly cell: string;
  readonly count: number;
  /** The first observations, so that a look at them is a fair one; -infinity is counted in `zeros`. */
  readonly values: readonly number[];
  /** 5, 25, 50, 75 and 95 % of all, null where infinite. */
  readonly quantiles: readonly (number | null)[];
  /** What is judged, where it lies on this axis, and its interval; an open end is null. */
  readonly middle: number | null;
  readonly interval: readonly [number | null, number | null];
  readonly zeros: number;
  /** Those at infinity, as of a time that never comes. */
  readonly endless: number;
  /** Draws it again. */
  readonly command: string;
}

/** A predicted value with the ends of its region, from place to place; an open end is null. */
export interface Curve {
  readonly name: string;
  readonly points: readonly {
    readonly x: number;
    readonly y: number | null;
    readonly low: number | null;
    readonly high: number | null;
  }[];
}

/** Pairs of two measures, and the slopes through them. */
export interface PairsPicture extends Drawn {
  readonly form: "pairs";
  readonly series: readonly (Omit<Series, "points"> & {
    readonly cell: string;
    readonly pairs: readonly (readonly [number, number])[];
    /** The measured line. */
    readonly line: readonly (readonly [number, number])[];
    readonly command: string;
  })[];
  readonly theory: readonly Curve[];
  readonly rivals: readonly Curve[];
  /** Ends of the line on which both are equal, where they have one unit. */
  readonly equal?: readonly [number, number];
}

/** How the observations are distributed beside the predicted law: shares by bins of equal width. */
export interface LawPicture extends Drawn {
  readonly form: "law";
  readonly bins: readonly { readonly low: number; readonly high: number }[];
  /** The values about which the bins lie, where there are few. */
  readonly atoms?: readonly number[];
  /** The share of each bin under every law that is predicted of some cell. */
  readonly laws: readonly (readonly number[])[];
  readonly series: readonly (Omit<Series, "points"> & {
    readonly shares: readonly number[];
    readonly count: number;
    readonly command: string;
  })[];
}

/** Which part is not over yet, from time to time, of every arm, or which share of scores is above each threshold; and what is predicted of it. */
export interface SurvivalPicture extends Drawn {
  readonly form: "survival";
  /** Of what the parts are: times longer than, scores above. */
  readonly beyond: "longer than" | "above";
  readonly series: readonly (Omit<Series, "points"> & {
    readonly cell: string;
    readonly count: number;
    /** Those lost from sight before they were over. */
    readonly lost: number;
    /** Kaplan and Meier's curve after each time, or that of the scores, and a band that the law's own keeps to. */
    readonly steps: readonly (readonly [time: number, left: number, low: number, high: number])[];
    /** What is judged, where it is a time or a part. */
    readonly judged: Judged | null;
    readonly command: string;
    /** Where several cells make one curve: each of them. */
    readonly cells?: readonly { readonly cell: string; readonly command: string }[];
  })[];
  /** Of a hazard ratio: the curve that the other arm's becomes. Of scores: their band. */
  readonly theory: readonly Curve[];
  readonly rivals: readonly Curve[];
  /** Of a time or a part: its region. */
  readonly regions: readonly Region[];
}

/** On the axis of times at the height `at`, or on that of parts at the time `at`. */
interface OnAxis {
  readonly along: "time" | "part";
  readonly at: number;
}

interface Judged extends OnAxis {
  readonly value: number | null;
  readonly interval: readonly [number | null, number | null];
}

export interface Region extends OnAxis {
  readonly predicted: number | null;
  readonly ends: readonly [number | null, number | null];
  readonly rivals: readonly number[];
}
