import type { Shown, ShownDetail } from "./kind.ts";
import { kindNamed } from "./kinds.ts";

/** What is judged of a measure, in words that go before "of": as exactly as the question's detail tells. */
export function statisticWords(statistic: string, detail: ShownDetail | undefined): string {
  const { words, called } = shownAs(statistic);
  return detail === undefined ? words : (called?.(detail) ?? words);
}

/**
 * How the statistic that evidence names is shown. Evidence of another version may name one that this version does not have:
 * it is shown by its name, as a value, and beside its observations.
 */
export function shownAs(statistic: string): Shown {
  return kindNamed(statistic) ?? { words: statistic, answer: "value", chart: "values-apart" };
}
