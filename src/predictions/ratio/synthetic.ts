import { exp, log } from "../../numerics/elementary.ts";
import type { Group } from "../../statistics/judges/judge.ts";
import type { RatioQuestion } from "../../statistics/judges/ratio/ratio-question.ts";
import type { Known } from "../../statistics/question.ts";
import { logUniform } from "../synthetic/example-laws.ts";
import { gaussianLaw, type StandardLaw } from "../synthetic/standard-law.ts";
import {
  type Drawn,
  edgesFrom,
  lawOfFamily,
  lawWithMedian,
  type Synthetic,
  type SyntheticCase,
} from "../synthetic/synthetic.ts";
import { bernoulli, centred, counts, located, requiredSpread } from "../synthetic/values.ts";

/** Above 0, where a ratio has a logarithm. */
const RANGE = [Number.MIN_VALUE, Number.POSITIVE_INFINITY] as const;

export const syntheticRatio: Synthetic<RatioQuestion> = {
  knownTruth: ({ known }) => (known?.[0]?.value ?? Number.NaN) / (known?.[1]?.value ?? Number.NaN),
  edges: (question, side) => edgesFrom(question, side, RANGE),
  needsSpread: () => true,
  law: (question, truth, lean) => (question.of === "median" ? lawWithMedian : lawOfFamily)(question, truth, lean),
  draw: (question, truth, drawn) => [truth, 1].map((value, index) => groupOf(question, value, index, drawn)),
  cases: [
    ...[gaussianLaw, logUniform].map((law) => caseOf("mean", 2, law, { spread: 0.2, part: 0.02 })),
    caseOf("median", 2, logUniform, { spread: 0.2, part: 0.02, replicates: 200 }),
    caseOf("proportion", 2, gaussianLaw, { spread: 2, part: 0.02, replicates: 300, label: "probabilities .4 and .2" }),
    caseOf("rate", 0.5, gaussianLaw, { spread: 0.5, part: 0.1, replicates: 50, label: "rates 2 and 4" }),
    // 1 / 4 + 1 / 2 is the relative variance of the second.
    caseOf("rate", 0.5, gaussianLaw, {
      ...{ dispersion: 0.5, spread: Math.sqrt(0.75), part: 0.02, replicates: 50 },
      label: "rates 2 and 4, dispersion 0.5",
    }),
  ],
};

type Varied = Partial<SyntheticCase<RatioQuestion>> & Pick<Known, "spread"> & Pick<RatioQuestion, "dispersion">;

function caseOf(
  of: RatioQuestion["of"],
  truth: number,
  law: StandardLaw,
  { spread, dispersion, ...more }: Varied,
): SyntheticCase<RatioQuestion> {
  const known = [truth, 1].map((value) => ({ value, spread, counts: 1 }));
  const asks = { of, ...(dispersion === undefined ? {} : { dispersion }) };
  return { judge: `ratio of ${of}s`, asks, truth, law, known, ...more };
}

/** Values of a statistic, in units of the second group's. */
function groupOf(question: RatioQuestion, value: number, index: number, { replicates, stream, law }: Drawn): Group {
  const n = replicates[index]!;
  const spread = requiredSpread(question, index);
  const { dispersion = 0 } = question;
  switch (question.of) {
    case "mean":
      return located(law, value, value * spread, n, stream);
    case "median": {
      const { columns } = located(law, ...centred(law, log(value), spread), n, stream);
      return { columns: columns.map((column) => column.map(exp)) };
    }
    case "proportion":
      return bernoulli(Math.min(1, value / (1 + spread * spread)), n, stream);
    case "rate":
      return counts(value / (spread * spread - dispersion), dispersion, n, stream);
  }
}
