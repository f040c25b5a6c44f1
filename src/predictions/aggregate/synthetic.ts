import { knownAggregate } from "../../statistics/judges/aggregates/aggregate-judge.ts";
import type { AggregateQuestion, Known } from "../../statistics/question.ts";
import { gaussianLaw } from "../synthetic/standard-law.ts";
import { edgesAnywhere, edgesFrom, type Synthetic, type SyntheticCase } from "../synthetic/synthetic.ts";
import { bernoulli, located, requiredSpread } from "../synthetic/values.ts";

export const syntheticAggregate: Synthetic<AggregateQuestion> = {
  knownTruth: knownAggregate,
  edges: (question, side) =>
    question.of === "interquartile-mean"
      ? edgesAnywhere(question, side)
      : edgesFrom(question, side, [0, mostOf(question)]),
  needsSpread: ({ of }) => of === "interquartile-mean",
  // symmetric, so that its interquartile mean is where it is put
  law: () => gaussianLaw,
  draw: (question, truth, { replicates, stream, law }) =>
    replicates.map((n, task) => {
      if (question.of === "interquartile-mean") return located(law, truth, requiredSpread(question, task), n, stream);
      // all or nothing, which leaves most to chance
      const events = bernoulli(truth / mostOf(question), n, stream).columns[0]!;
      const { limit, floor } = question;
      if (question.of === "share-above") return { columns: [events.map((event) => limit + (event === 1 ? 1 : -1))] };
      return { columns: [events.map((event) => (event === 1 ? floor : limit))] };
    }),
  cases: [
    caseOf("interquartile mean", { of: "interquartile-mean", limit: 0, floor: 0 }, 0.3),
    caseOf("optimality gap", { of: "optimality-gap", limit: 1, floor: 0 }, 0.2),
    caseOf("share above", { of: "share-above", limit: 0.5, floor: 0 }, 0.6),
  ],
};

function mostOf({ of, limit, floor }: AggregateQuestion): number {
  return of === "optimality-gap" ? limit - floor : 1;
}

function caseOf(
  judge: string,
  asks: SyntheticCase<AggregateQuestion>["asks"],
  truth: number,
): SyntheticCase<AggregateQuestion> {
  const known = Array.from({ length: 4 }, (): Known => ({ value: truth, spread: 1, counts: 1 }));
  return { judge, asks, truth, law: gaussianLaw, label: "four tasks", replicates: 40, known, part: 0.1 };
}
