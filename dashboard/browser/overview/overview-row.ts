/** A claim as the overview filters and draws it: its worst question, in units of its own margin, and in numbers. */
export interface Row {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly topic: string;
  readonly outcome: string;
  /** Of the claimed arm. */
  readonly state: string;
  readonly grade: string;
  /** Tiers at which this run or what was accepted has it, and engines that came to a verdict. */
  readonly tiers: readonly string[];
  readonly engines: readonly string[];
  /** Where the region goes from -1 to 1; null where there is no such number. */
  readonly middle: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** To which side the region has no end. */
  readonly opens: "below" | "above" | null;
  /** The same in words with the measure's own numbers; null where nothing was judged. */
  readonly measured: string | null;
  readonly interval: string | null;
  readonly predicted: string | null;
}
