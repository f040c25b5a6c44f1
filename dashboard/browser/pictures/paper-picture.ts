/** An axis: its words, with the unit where it has one. */
interface Axis {
  readonly words: string;
  readonly scale: "linear" | "log";
}

interface Common {
  readonly title: string;
  /** What it shows, for those who do not see it as well. */
  readonly words: string;
  /** The command that computed its numbers. */
  readonly madeBy: string;
  readonly x: Axis;
  readonly y: Axis;
}

export interface LinesPicture extends Common {
  readonly form: "lines";
  readonly series: readonly LinesSeries[];
}

/** Series of one name have one colour and one entry in the legend. */
export interface LinesSeries {
  readonly name: string;
  readonly style: "line" | "thin" | "dots" | "dashed";
  readonly points: readonly (readonly [x: number, y: number | null])[];
  /** What the points are the middle of. */
  readonly band?: readonly (readonly [x: number, low: number | null, high: number | null])[];
}

export interface HeatPicture extends Common {
  readonly form: "heat";
  /** What the colour means, in words. */
  readonly value: string;
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  /** A row a y; null where nothing is left to measure. */
  readonly values: readonly (readonly (number | null)[])[];
  readonly lines: readonly { readonly name: string; readonly points: readonly (readonly [x: number, y: number])[] }[];
}

/** A picture that a paper's folder keeps as numbers. */
export type PaperPicture = LinesPicture | HeatPicture;
