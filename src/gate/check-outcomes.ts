import type { Result } from "../claim/result.ts";
import { outcomeOf } from "../run/decide/outcome.ts";
import { StepError } from "./step.ts";

/** Refuses a result that says of a claim what its own arms do not come to, or that has a claim twice or without its claimed arm. */
export function checkOutcomes({ evidence: { claims, tier } }: Result): void {
  const ids = new Set<string>();
  for (const { id, suite, outcome, arms, withoutControl } of claims) {
    if (ids.has(`${suite}: ${id}`))
      throw new StepError(`the result has claim ${id} twice in suite ${suite}, needed once`);
    ids.add(`${suite}: ${id}`);
    if (arms.filter(({ kind }) => kind === "claimed").length !== 1) {
      throw new StepError(`claim ${id} of the result requires one claimed arm`);
    }
    const due = outcomeOf(arms, tier, withoutControl !== undefined);
    if (outcome !== due) throw new StepError(`claim ${id} of the result says ${outcome}, its arms come to ${due}`);
  }
}
