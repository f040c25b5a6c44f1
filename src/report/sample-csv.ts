/** Observations of one cell, a column a measure. */
export interface SampleColumns {
  readonly replicates: number;
  readonly measures: readonly { readonly name: string; readonly values: Float64Array }[];
}

/** One line a replicate; infinities as `-Infinity`, which R, NumPy and pandas read. */
export function sampleCsv({ measures, replicates }: SampleColumns): string {
  const lines = [["replicate", ...measures.map(({ name }) => name)].join(",")];
  for (let at = 0; at < replicates; at++) {
    lines.push([at, ...measures.map(({ values }) => values[at])].join(","));
  }
  return `${lines.join("\n")}\n`;
}
