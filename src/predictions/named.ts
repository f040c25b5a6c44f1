import type { Shown } from "./kind.ts";
import { kindNamed } from "./kinds.ts";

/**
 * How the statistic that evidence names is shown. Evidence of another version may name one that this version does not have:
 * it is shown by its name, as a value, and beside its observations.
 */
export function shownAs(statistic: string): Shown {
  return kindNamed(statistic) ?? { words: statistic, answer: "value", chart: "values-apart" };
}
