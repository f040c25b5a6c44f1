/** A middle with its 95 % interval, after so many observations. */
export interface Running {
  readonly count: number;
  readonly middle: number;
  readonly low: number;
  readonly high: number;
}

/** Two-sided 95 %: 1.96 standard deviations of a normal law. */
const WIDTH = 1.96;

/** The median with its interval from order statistics (ranks n/2 ± 1.96 sqrt(n)/2), after each of `counts` observations. */
export function runningMedian(values: Float64Array, counts: readonly number[]): readonly Running[] {
  return counts.map((count) => {
    const sorted = values.slice(0, count).sort();
    const at = (rank: number) => sorted[Math.max(0, Math.min(count - 1, Math.round(rank)))]!;
    const half = (WIDTH * Math.sqrt(count)) / 2;
    const middle = (count - 1) / 2;
    return {
      count,
      middle: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
      low: at(middle - half),
      high: at(middle + half),
    };
  });
}

/** The mean of the finite ones with 1.96 standard errors. */
export function runningMean(values: Float64Array, counts: readonly number[]): readonly Running[] {
  return counts.map((count) => {
    const finite = values.slice(0, count).filter(Number.isFinite);
    const mean = finite.reduce((sum, value) => sum + value, 0) / finite.length;
    const squares = finite.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const half = WIDTH * Math.sqrt(squares / Math.max(1, finite.length - 1) / finite.length);
    return { count, middle: mean, low: mean - half, high: mean + half };
  });
}

/** So many counts up to `count`, evenly apart, the last one `count` itself. */
export function countsUpTo(count: number, most: number): readonly number[] {
  const step = Math.max(1, Math.ceil(count / most));
  const counts: number[] = [];
  for (let at = step; at < count; at += step) counts.push(at);
  return [...counts, count].filter((at) => at > 1 || count === 1);
}
