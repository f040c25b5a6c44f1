import type { StoredSamples } from "./samples-at-hand.ts";

/** One observation that is not what it was. JSON has no infinities, hence text: `-Infinity`. */
export interface Observation {
  readonly replicate: number;
  readonly measure: string;
  readonly from: string;
  readonly to: string;
}

/** The first replicate below `count`, and in it the first measure, whose bytes differ; undefined where none does. */
export function firstDifference(before: StoredSamples, after: StoredSamples, count: number): Observation | undefined {
  const shared = sharedMeasures(before, after);
  for (let replicate = 0; replicate < count; replicate++) {
    for (const { measure, was, is } of shared) {
      const [from, to] = [was[replicate]!, is[replicate]!];
      // Object.is tells -0 from 0 and takes NaN for itself, as bytes do
      if (!Object.is(from, to)) return { replicate, measure, from: valueText(from), to: valueText(to) };
    }
  }
  return undefined;
}

/** Measures that both sides have, with both columns. */
export function sharedMeasures(
  before: StoredSamples,
  after: StoredSamples,
): readonly { readonly measure: string; readonly was: Float64Array; readonly is: Float64Array }[] {
  return after.measures.flatMap((measure, at) => {
    const was = before.columns[before.measures.indexOf(measure)];
    return was === undefined ? [] : [{ measure, was, is: after.columns[at]! }];
  });
}

/** All digits, so that a change in the last one is seen. */
function valueText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}
