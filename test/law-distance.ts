/** Observations of a random vector: a row each. */
export type Rows = readonly (readonly number[])[];

/** The largest difference, in standard errors, of the means of all columns, of their squares and of their products. */
export function distance(left: Rows, right: Rows): number {
  const centre = left[0]!.map((_value, column) => meanOf(left.map((row) => row[column]!)).mean);
  const features = (row: readonly number[]) => {
    const values = row.map((value, column) => value - centre[column]!);
    return [...values, ...values.flatMap((first, i) => values.slice(i).map((second) => first * second))];
  };
  const [a, b] = [left.map(features), right.map(features)];
  const distances = a[0]!.map((_value, feature) => {
    const [first, second] = [a, b].map((rows) => meanOf(rows.map((row) => row[feature]!))) as [Mean, Mean];
    return Math.abs(first.mean - second.mean) / Math.sqrt(first.errorSquared + second.errorSquared);
  });
  return Math.max(...distances);
}

type Mean = ReturnType<typeof meanOf>;

function meanOf(values: readonly number[]) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, errorSquared: variance / values.length };
}
