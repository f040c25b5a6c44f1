/** Share of all pairs of one value of each in which the first is the larger, a tie counting half; both in ascending order. */
export function shareOfWins(first: Float64Array, second: Float64Array): number {
  let below = 0;
  let upTo = 0;
  let halves = 0;
  for (const value of first) {
    while (below < second.length && second[below]! < value) below++;
    while (upTo < second.length && second[upTo]! <= value) upTo++;
    halves += below + upTo;
  }
  return halves / (2 * first.length * second.length);
}

/** What a value scores against its own partner: 1 where it is larger, 1/2 where equal, 0 where smaller. */
export function winOf(first: number, second: number): number {
  return first > second ? 1 : first === second ? 0.5 : 0;
}
