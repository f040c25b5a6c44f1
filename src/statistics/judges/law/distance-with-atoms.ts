import { JudgeError } from "../judge.ts";

/** A law that may have atoms: P(X <= x) and P(X < x). */
export interface Steps {
  readonly upTo: (x: number) => number;
  readonly below: (x: number) => number;
}

/**
 * sup |F_n - F| over all x, from values in ascending order: on either side of every value, between which F_n is constant and F rises.
 * Cost: two evaluations a distinct value. Throws `JudgeError` for a function that falls.
 */
export function distanceWithAtoms({ upTo, below }: Steps, sorted: Float64Array): number {
  const count = sorted.length;
  let largest = 0;
  let before = 0;
  for (let i = 0; i < count; ) {
    const value = sorted[i]!;
    const [left, right] = [below(value), upTo(value)];
    if (left < before - ROUNDED || right < left - ROUNDED) {
      throw new JudgeError(`law requires a distribution function that rises, got one that falls at ${value}`);
    }
    before = right;
    let next = i + 1;
    while (next < count && sorted[next] === value) next++;
    largest = Math.max(largest, Math.abs(left - i / count), Math.abs(right - next / count));
    i = next;
  }
  return largest;
}

/** What a sum of chances may fall by. */
const ROUNDED = 1e-9;
