import type { Family } from "../question.ts";

/** One value a row, independent, of mean sum_g weights[g] mean_g, and what the groups' families say of its law. */
export interface Contrast {
  readonly values: Float64Array;
  readonly family: Family;
}

/** How groups of these sizes are used: `rows` values of the contrast, of each group a mean of `blocks[g]` values in each. */
export interface ContrastShape {
  readonly rows: number;
  readonly blocks: readonly number[];
}

/**
 * A contrast of the means of independent groups as the mean of independent values: row i is sum_g weights[g] times the mean of
 * group g's i-th block. So a slope or a difference has the proof of a mean, and loses nothing where groups are of one size
 * (or multiples): the rows' variance over their number is the contrast's own. Values beyond a whole number of rows are not used.
 */
export function contrastRows(
  groups: readonly Float64Array[],
  weights: readonly number[],
  families: readonly Family[],
): Contrast {
  const shape = contrastShape(groups.map(({ length }) => length));
  const values = new Float64Array(shape.rows);
  groups.forEach((group, g) => {
    const block = shape.blocks[g]!;
    const weight = weights[g]! / block;
    for (let i = 0; i < block * shape.rows; i++) values[Math.floor(i / block)]! += weight * group[i]!;
  });
  return { values, family: familyOfContrast(families, weights, shape) };
}

export function contrastShape(sizes: readonly number[]): ContrastShape {
  const rows = Math.min(...sizes);
  return { rows, blocks: sizes.map((size) => (rows === 0 ? 1 : Math.floor(size / rows))) };
}

/**
 * Cumulants of independent parts add, weighted by powers of their share of the variance, so that without knowing the shares the
 * largest bound (and 0, the normal law's) holds: |skewness| and excess kurtosis of a mean of b values are 1 / sqrt(b) and
 * 1 / b of one value's. Deviations are used where every group declares one.
 */
export function familyOfContrast(
  families: readonly Family[],
  weights: readonly number[],
  { blocks }: ContrastShape,
): Family {
  const used = families.flatMap((family, g) =>
    weights[g] === 0 ? [] : [{ family, weight: weights[g]!, block: blocks[g]! }],
  );
  const skewness = Math.max(...used.map(({ family, block }) => family.skewness / Math.sqrt(block)));
  const excessKurtosis = Math.max(0, ...used.map(({ family, block }) => family.excessKurtosis / block));
  const variance = used.reduce(
    (sum, { family, weight, block }) => sum + (weight * (family.deviation ?? Number.NaN)) ** 2 / block,
    0,
  );
  return {
    skewness,
    excessKurtosis,
    ...(Number.isFinite(variance) ? { deviation: Math.sqrt(variance) } : {}),
    ...(used.every(({ family }) => family.law === "normal") ? { law: "normal" } : {}),
  };
}
