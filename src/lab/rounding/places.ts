import { type Quantity, tabulated } from "./tape.ts";

/** Which number of another quantity each number is; -1: none, it is 0. */
export type Places = Int32Array;

/** Numbers of `a` at new places, as often as wanted: exact. */
export function gather(a: Quantity, places: Places): Quantity {
  const values = tabulated(places.length, (i) => (places[i]! < 0 ? 0 : a.values[places[i]!]!));
  return a.tape.record(values, { back: (cotangent) => [[a, sumInto(cotangent, places, a.values.length)]] });
}

/** The transpose of gathering: number p of `length` is the sum of all whose place is p, in any order. */
export function sumInto(a: Quantity, places: Places, length: number): Quantity {
  const most = mostAt(places, length);
  return a.tape.record(summed(a.values, places, length), {
    ...(most > 1 ? { rounding: { units: most - 1, sizes: () => summed(a.values.map(Math.abs), places, length) } } : {}),
    back: (cotangent) => [[a, gather(cotangent, places)]],
  });
}

function summed(values: Float64Array, places: Places, length: number): Float64Array {
  const sums = new Float64Array(length);
  for (let i = 0; i < places.length; i++) if (places[i]! >= 0) sums[places[i]!]! += values[i]!;
  return sums;
}

function mostAt(places: Places, length: number): number {
  const counts = new Int32Array(length);
  let most = 0;
  for (let i = 0; i < places.length; i++) {
    const place = places[i]!;
    if (place >= 0) most = Math.max(most, ++counts[place]!);
  }
  return most;
}
