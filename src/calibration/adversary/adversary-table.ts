import { markdownTable, number, ratio } from "../markdown-table.ts";
import type { AdversaryRow } from "./calibrate-adversary.ts";

/** What the adversary found. */
export interface AdversaryCalibration {
  readonly seed: number;
  readonly trials: number;
  readonly rows: readonly AdversaryRow[];
}

/** The worst laws as a page for readers who have not seen the code. */
export function adversaryTable({ seed, trials, rows }: AdversaryCalibration): string {
  const worst = rows.reduce((most, { rate, alpha }) => Math.max(most, rate / alpha), 0);
  const broken = rows.filter(({ kept }) => !kept).length;
  return [
    "# The worst laws found for each judge",
    "",
    "A judge promises its level for every law of what a claim declares. Here an adversary looks for the law on which it errs most: of three points",
    "(all that have a skewness and a kurtosis, in steps), of rare far values beside a Gaussian, of two widths, of gammas on one side and both,",
    "with a part of the values at -Infinity where ranks are judged, and on the ends of a range. Each law is tried by tilted sampling, the worst three",
    "again on new draws; the rate is theirs. A rate over alpha of 1.00 would be exactly as promised. It is divided by alpha, with its standard error;",
    "Of a proportion and of a median the worst error over all laws is computed instead, from the judge's answer to each count (of up to 2,049,",
    "evenly over more): Clopper and Pearson's comes up to its level just below each of its bounds, 1.00, and never beyond.",
    `"exceeded" stands where a promise is broken beyond chance (false alarms with probability 0.000001). Seed ${seed}, ${trials} trials of a cheap law.`,
    "",
    `The largest is ${ratio(worst)}; ${broken === 0 ? "none exceeds its promise" : `${broken} exceed their promise`}.`,
    "",
    "Bounds that are proved for whole families err far less than they may on any one law: the price of a promise that needs no large numbers.",
    "",
    "## At levels from 1e-3 to 1e-6",
    "",
    "Eight times as many values as bound both sides at all, where judges have such a least number.",
    "",
    table(rows.filter(({ claim }) => claim === undefined)),
    "",
    "## At every claim's own sizes and levels",
    "",
    "Full tier; of each arm the question with the fewest values, at its level of support and at that of refutation.",
    "",
    table(rows.filter(({ claim }) => claim !== undefined)),
    "",
  ].join("\n");
}

function table(rows: readonly AdversaryRow[]): string {
  const ofClaims = rows.some(({ claim }) => claim !== undefined);
  const head = ["judge", "declared", "alpha", "n a group", "laws", "rate / alpha", "bound", "worst law", ""];
  return markdownTable(
    ofClaims ? ["arm", ...head] : head,
    rows.map((row) => {
      const { judge, declared, claim, alpha, sizes, laws, rate, standardError, bound, law, kept } = row;
      const found = `${ratio(rate / alpha)} +- ${ratio(standardError / alpha)}`;
      const cells = [judge, declared, number(alpha), sizesText(sizes), String(laws), found, bound, law];
      return [...(claim === undefined ? [] : [claim]), ...cells, kept ? "" : "**exceeded**"];
    }),
  );
}

function sizesText(sizes: readonly number[]): string {
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  return least === most ? String(least) : `${least} to ${most}`;
}
