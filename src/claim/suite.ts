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
