import binomialCdf from "@stdlib/stats-base-dists-binomial-cdf";
import type { AnyQuestion } from "../../predictions/kinds.ts";
import type { Bounds } from "../../statistics/judges/judge.ts";
import type { Instrument } from "../judges/judge-case.ts";
import { boundsOrRefusal, type Worst } from "./find-worst.ts";

/** The worst error over all laws, where it can be computed, and of how many it is the worst. */
export interface ExactWorst extends Worst {
  readonly laws: number;
}

/**
 * The worst error of a judge whose answer depends on a count alone, by asking it for every count: no sampling, and no law left out.
 * A proportion: its lower bound at k ones is above p where p is below that bound, and k ones or more are likeliest just below it.
 * A median: values are below it or not, each with probability 1/2; ties and atoms only make errors rarer. Undefined for other questions.
 * Cost: a call of the judge for each of at most `MOST_COUNTS` counts.
 */
export function exactWorst(
  instrument: Instrument,
  question: AnyQuestion,
  sizes: readonly number[],
  alpha: number,
): ExactWorst | undefined {
  const ask = (column: Float64Array) => boundsOrRefusal(instrument, question, [{ columns: [column] }], alpha);
  if (question.statistic === "proportion") return worstProportion(ask, sizes[0]!);
  return question.statistic === "median" ? worstMedian(ask, sizes[0]!) : undefined;
}

type Ask = (column: Float64Array) => Bounds | undefined;

/** More counts than this are passed over evenly: neighbours differ by a fortieth of a deviation from there on. */
const MOST_COUNTS = 2049;

function worstProportion(ask: Ask, count: number): ExactWorst {
  const tried = Math.min(count + 1, MOST_COUNTS);
  let worst = { law: "none", bound: "low" as Worst["bound"], rate: 0 };
  for (let i = 0; i < tried; i++) {
    const ones = Math.round((i * count) / (tried - 1));
    const bounds = ask(new Float64Array(count).fill(1, 0, ones));
    if (bounds === undefined) continue;
    const { low, high } = bounds;
    const offers = [
      { bound: "low" as const, p: low, rate: low > 0 ? binomialCdf(count - ones, count, 1 - low) : 0 },
      { bound: "high" as const, p: high, rate: high < 1 ? binomialCdf(ones, count, high) : 0 },
    ];
    for (const { bound, p, rate } of offers) {
      if (rate > worst.rate) worst = { law: `Bernoulli(${Number(p.toPrecision(4))})`, bound, rate };
    }
  }
  return { ...worst, standardError: roundingOf(count), trials: tried, laws: tried };
}

/** Values 1 to n in place of their ranks: the bounds say which ranks they are. */
function worstMedian(ask: Ask, count: number): ExactWorst {
  const bounds = ask(Float64Array.from({ length: count }, (_, i) => i + 1));
  const chances = bounds && {
    low: binomialCdf(bounds.low - 1, count, 0.5),
    high: binomialCdf(count - bounds.high, count, 0.5),
  };
  const bound = chances && chances.high > chances.low ? "high" : "low";
  return {
    law: "any continuous law",
    bound,
    rate: chances?.[bound] ?? 0,
    standardError: roundingOf(count),
    trials: 1,
    laws: 1,
  };
}

/** 1 - p holds p to half of this part of 1, and a tail of so many values multiplies it: below what a table shows. */
function roundingOf(count: number): number {
  return count * Number.EPSILON;
}
