/** The root of a function that has different signs at the two ends, to the last bits. */
export function rootBetween(f: (x: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  const rising = f(low) < 0;
  for (let step = 0; step < 200 && high - low > 1e-15 * (Math.abs(low) + Math.abs(high)); step++) {
    const middle = (low + high) / 2;
    if (f(middle) < 0 === rising) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
