import { type ReportedQuestion, reportedJudge } from "../../statistics/judges/reported/reported-judge.ts";
import { contrastShift } from "../../statistics/moments/estimate-shift.ts";
import { contrastError } from "../../statistics/moments/standard-error.ts";
import { type AnyCell, type Cell, cellLabel, type Grid } from "../cells.ts";
import { ClaimError } from "../claim-error.ts";
import { AT_LEAST, AT_MOST, VALUE_WITHIN, ZERO_EITHER_WAY } from "../form.ts";
import type { AskedOf, Kind } from "../kind.ts";
import { type Bounded, type Equals, familyAt, type Margin, type Of } from "../stated.ts";
import { deviationOf, type Reported } from "./reported.ts";
import { syntheticReported } from "./synthetic.ts";

/** A paper's own mean, in the place of a second experiment; its values' law is `expected.against`, else that of ours. */
interface BesideReported<G extends Grid> {
  readonly reported: Reported | ((cell: Cell<G>) => Reported);
}

/** The mean less the one that was reported. `reproduces`: it differs by no more than the margin. */
export type ReportedPrediction<G extends Grid, M extends string> = BesideReported<G> &
  (
    | Equals<G, M, "mean-less-reported">
    | Bounded<G, M, "mean-less-reported">
    | (Of<G, M> & Margin<G> & { readonly says: "reproduces"; readonly statistic: "mean-less-reported" })
  );

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
type AnyReported = ReportedPrediction<any, any>;

export const reported: Kind<AnyReported, ReportedQuestion> = {
  statistic: "reported",
  says: { reproduces: ZERO_EITHER_WAY, equals: VALUE_WITHIN, "at-most": AT_MOST, "at-least": AT_LEAST },
  averages: { "mean-less-reported": true },
  answeredBy: { from: "cell" },
  question: (prediction, asked, { cells, horizon, range }) => ({
    statistic: "reported",
    ...asked,
    reported: reportedAt(prediction, cells[0]!, range),
    ...(range ? { range, horizon } : {}),
  }),
  detail: ({ reported: { mean, deviation, count, by } }) => ({ mean, deviation, count, by }),
  judge: reportedJudge,
  estimateShift: (_question, groups, shifts) => contrastShift([1], "mean", groups, shifts),
  standardError: (_question, groups, finding) => contrastError([1], "mean", groups, finding),
  answer: "value",
  words: "mean, less the reported one,",
  chart: "reported",
  synthetic: syntheticReported,
};

function reportedAt(
  { reported, expected, of }: AnyReported,
  cell: AnyCell,
  range: AskedOf["range"],
): ReportedQuestion["reported"] {
  const said = typeof reported === "function" ? reported(cell as never) : reported;
  const deviation = deviationOf(said, cell);
  const isNormal = familyAt({ ...expected, ...expected?.against }, cell)?.law === "normal";
  if (!isNormal && range === undefined) {
    throw new ClaimError(
      `${said.n} reported values of ${of} at ${cellLabel(cell)} say nothing of their law's mean unless \`expected.normal\` (or \`expected.against.normal\`, of theirs alone) declares it normal, or the measure has a range`,
    );
  }
  if (!isNormal && !(said.mean >= range![0] && said.mean <= range![1])) {
    throw new ClaimError(
      `\`reported\` at ${cellLabel(cell)} requires a mean in the measure's range [${range!.join(", ")}], got ${said.mean}`,
    );
  }
  return { mean: said.mean, deviation, count: said.n, by: isNormal ? "normal" : "range" };
}
