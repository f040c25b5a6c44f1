import type { SuiteErrors } from "../statistics/planning/budget.ts";
import type { AnyClaim } from "./claim.ts";

/** A named list of claims with their budgets, nothing else. It lies in `suites/<paper>/<name>.suite.ts`. */
export interface Suite {
  readonly name: string;
  readonly title: string;
  readonly errors: SuiteErrors;
  /** Each claim with its fixed share of the error budget; the shares add to at most 1. */
  readonly claims: readonly { readonly claim: AnyClaim; readonly share: number }[];
  /** Wall-clock minutes that a tier may take on two cores. */
  readonly minutes: { readonly smoke: number; readonly full: number; readonly deep?: number };
}

/** Identity, for inference and for a place to look it up. */
export function defineSuite(suite: Suite): Suite {
  return suite;
}

/**
 * One claim by itself with a budget of its own, as a suite of its name: `export default suiteOfOne(claim, { falseVerdict: 0.05, undecided: 0.2 })`
 * in `suites/<paper>/<name>.suite.js`. The budget stands in red beside its verdicts where it is wider than the usual one. `minutes`:
 * those of each tier on two cores, where somebody wants them held.
 */
export function suiteOfOne(
  claim: AnyClaim,
  errors: SuiteErrors,
  minutes: Suite["minutes"] = { smoke: Number.POSITIVE_INFINITY, full: Number.POSITIVE_INFINITY },
): Suite {
  const name = claim.id.slice(claim.id.lastIndexOf("/") + 1);
  return { name, title: claim.title, errors, claims: [{ claim, share: 1 }], minutes };
}
