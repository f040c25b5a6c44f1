import { markdownTable } from "../markdown-table.ts";
import type { SizeRow } from "./size-rows.ts";

/** What a question took when judges had a correction from skewness in place of a proof (commit aacee5d, November 2026). */
export interface SizeBefore {
  readonly claim: string;
  readonly cell: string;
  readonly statistic: string;
  readonly replicates: number;
  readonly needs: number;
  readonly sees: number;
}

/** The sizes of the full tier as a page for readers who have not seen the code. */
export function sizeTable(rows: readonly SizeRow[], before: readonly SizeBefore[]): string {
  const earlier = new Map(before.map((row) => [`${row.claim}, ${row.cell}`, row]));
  const known = rows.filter(({ claim, cell }) => earlier.has(`${claim}, ${cell}`));
  const ratio = known.map(({ claim, cell, replicates }) => replicates / earlier.get(`${claim}, ${cell}`)!.replicates);
  const mean = Math.exp(ratio.reduce((sum, each) => sum + Math.log(each), 0) / Math.max(1, ratio.length));
  return [
    "# What the promise costs: replicates of every claim",
    "",
    "Of each question of each claim at the full tier, by `node scripts/write-sizes.mjs` after a build (a test holds the page to the claims):",
    "*n*, the replicates a cell that the tier takes (of the larger arm); *needs*, those that decide it at its known value; *sees*, half-width of",
    'the smallest region that n would support; *margin*, half-width of the claimed one, "-" of a half-line. A plan that knows too little',
    'has "-". *Before* are the sizes when judges had a correction from skewness in place of a proof, of the questions whose judge changed in kind',
    `then: these take ${mean.toFixed(2)} times as many replicates now, in the geometric mean. Means, slopes and differences of means went from a`,
    "Cornish-Fisher bound to Catoni's with a bound on the variance; variances to Catoni's on blocks; skewnesses to k-statistics of blocks;",
    "regressions to the scores of blocks of four. Judges of medians, proportions, laws and identities stayed as they were.",
    "",
    markdownTable(
      ["claim", "cell", "judge", "n before", "needed", "saw", "n", "needs", "sees", "margin"],
      rows.map((row) => {
        const { claim, cell, judge, replicates, needs, sees, margin } = row;
        const was = earlier.get(`${claim}, ${cell}`);
        const past = was ? [String(was.replicates), String(was.needs), digits(was.sees)] : ["-", "-", "-"];
        return [claim, cell, judge, ...past, String(replicates), digits(needs), digits(sees), digits(margin)];
      }),
    ),
    "",
  ].join("\n");
}

function digits(value: number): string {
  if (!Number.isFinite(value)) return "-";
  return Number.isInteger(value) && value >= 1 ? String(value) : value.toPrecision(3);
}
