/** The error rates that a suite promises over one run, all claims, controls, cells and looks together. */
export interface SuiteErrors {
  /** P(a claim outside its region is supported, or one inside it is refuted, or a control outside it is supported). */
  readonly falseVerdict: number;
  /** P(anything stays undecided at the full tier, each cell having its known finite-size value). */
  readonly undecided: number;
}
