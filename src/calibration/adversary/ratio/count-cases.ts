import type { AnyQuestion } from "../../../predictions/kinds.ts";
import { EVERYWHERE } from "../../judges/judge-case.ts";
import type { AdversaryCase } from "../adversary-cases.ts";

const asked = { region: EVERYWHERE, rivals: [] };

/** Judges of counts that vary more than Poisson ones. */
export const COUNT_CASES: readonly AdversaryCase[] = [0.5, 4].flatMap((dispersion) => [
  caseOf("rate", dispersion, { statistic: "rate", dispersion, ...asked }, 1, 5),
  caseOf("ratio of rates", dispersion, { statistic: "ratio", of: "rate", dispersion, ...asked }, 2, 0.05),
]);

function caseOf(judge: string, dispersion: number, question: AnyQuestion, groups: number, part: number): AdversaryCase {
  const declared = `negative binomial counts of a dispersion of at most ${dispersion}`;
  return { judge, declared, question, groups, replicates: 100, part };
}
