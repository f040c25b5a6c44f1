import { markdownTable, number, ratio } from "../markdown-table.ts";
import type { Rate } from "../rate.ts";
import type { TiltedRate } from "../tilted/tilted-rate.ts";
import type { CountedRow, JudgesCalibration, TiltedRow } from "./calibrate-judges.ts";

/** The calibration of judges as a page for readers who have not seen the code. */
export function judgeTable({ seed, falseAlarm, counted, tilted }: JudgesCalibration): string {
  return [
    "# How often the judges err",
    "",
    "Each judge was tried on synthetic values whose true answer is known. A judge gives two one-sided bounds, each promised to miss",
    "the truth with probability at most alpha. For a region that ends just inside the truth a missed upper bound is a false *supported*;",
    "for one that begins just beyond it, a false *refuted*. So the two columns of errors hold both kinds of false verdict from both sides.",
    "",
    `Errors are divided by alpha: 1.00 is exactly as promised, below 1 is on the safe side. Seed ${seed}.`,
    `"exceeded" stands where a promise is broken beyond chance (exact test, false alarms with probability ${falseAlarm}), in the column of a`,
    "plan where it forecast too little: that costs decisions at such sizes and no false one. What a suite's own plans come to is in suites.md.",
    "",
    "## By counting",
    "",
    "Intervals are Clopper-Pearson's, 99%. First row of a case and alpha: the fewest replicates that the judge accepts there (or those",
    "named), where its approximations are worst; second row: ten times as many. *Undecided*: how often a region of the half-width that",
    "the judge says it detects, about the truth, was not supported, against the probability that it planned for; *refused*: values of the",
    "very law it guarantees that it would not judge.",
    "",
    markdownTable(
      [
        "judge",
        "law",
        "alpha",
        "n a group",
        "trials",
        "below / alpha",
        "above / alpha",
        "undecided / planned",
        "refused",
        "",
      ],
      counted.map(countedCells),
    ),
    "",
    "## At the levels of real suites, by tilted sampling",
    "",
    "Exponentially tilted importance sampling, with its standard error, at the fewest replicates that the judge accepts (or those",
    "named). The trials are drawn where errors happen, and weighted by the exact ratio of probabilities.",
    "",
    markdownTable(
      ["judge", "law", "alpha", "n a group", "trials", "below / alpha", "above / alpha", ""],
      tilted.map(tiltedCells),
    ),
    "",
  ].join("\n");
}

function countedCells(row: CountedRow): readonly string[] {
  const { judge, law, alpha, replicates, below, above, undecided, refused, kept, planKept } = row;
  const planned =
    undecided === undefined || !Number.isFinite(undecided.within) ? "-" : interval(undecided.rate, undecided.promised);
  return [
    judge,
    law,
    number(alpha),
    String(replicates[0]),
    String(below.trials),
    interval(below, alpha),
    interval(above, alpha),
    planKept ? planned : `${planned} **exceeded**`,
    refused.events === 0 ? "0" : number(refused.rate),
    kept ? "" : "**exceeded**",
  ];
}

function tiltedCells({ judge, law, alpha, replicates, below, above, kept }: TiltedRow): readonly string[] {
  const shown = ({ rate, standardError }: TiltedRate) => `${ratio(rate / alpha)} +- ${ratio(standardError / alpha)}`;
  const place = [judge, law, number(alpha), String(replicates), String(below.trials)];
  return [...place, shown(below), shown(above), kept ? "" : "**exceeded**"];
}

function interval({ rate, low, high }: Rate, promised: number): string {
  return `${ratio(rate / promised)} (${ratio(low / promised)} to ${ratio(high / promised)})`;
}
