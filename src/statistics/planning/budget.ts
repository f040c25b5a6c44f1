import type { PlanningErrors } from "../judges/judge.ts";

/** The error rates that a suite promises over one run, all claims, controls, cells and looks together. */
export interface SuiteErrors {
  /** P(a claim outside its region is supported, or one inside it is refuted, or a control outside it is supported). */
  readonly falseVerdict: number;
  /** P(anything stays undecided at the full tier, each cell having its known finite-size value). */
  readonly undecided: number;
}

/** Where one arm stands in its suite: all that its error levels depend on. */
export interface ArmPosition {
  readonly errors: SuiteErrors;
  /** The claim's fixed share of the suite's budget. */
  readonly share: number;
  readonly kind: "claimed" | "control";
  /** Controls of the claim. */
  readonly controls: number;
  /** Questions of the arm. */
  readonly units: number;
  readonly looks: number;
}

/**
 * Error levels of one look of one arm: the claim's fixed share and nothing else of the suite, so that a verdict is the
 * same alone, in a shard or beside new claims (no Holm).
 *
 * Half of the claim's share goes to its claimed arm and half is split evenly over its controls, since both must be decided
 * for the claim to hold and planning has no reason to prefer either. A control's false refutation, which the suite's
 * promise does not even count, is held to the same level as its false support. Looks split a level evenly in advance.
 *
 * `support`: an arm is supported when every unit is (intersection-union), and an arm outside its region has a unit
 * outside, on one side: that unit's one bound errs with at most the arm's whole level, whatever the other units do.
 * `refute`: one unit beyond its region on either side refutes, so the level is split over units and sides.
 * `undecided`: the claimed arm needs all its units, which split its part; a control needs one unit refuted and may spend
 * the whole part on the unit that is easiest to refute. It is not split over looks: the last look alone must have the power.
 */
export function armLevels({ errors, share, kind, controls, units, looks }: ArmPosition): PlanningErrors {
  requireCount("units", units);
  requireCount("looks", looks);
  if (kind === "control") requireCount("controls", controls);
  const part = kind === "control" ? share / 2 / controls : controls === 0 ? share : share / 2;
  const level = (part * errors.falseVerdict) / looks;
  return {
    support: level,
    refute: level / (2 * units),
    undecided: (part * errors.undecided) / (kind === "claimed" ? units : 1),
  };
}

/** Beyond these a promise is none: one run in ten may err, one in two stay undecided. */
const MOST = { falseVerdict: 0.1, undecided: 0.5 } as const;

/** Throws unless the error rates are probabilities worth a promise, and shares positive and together at most 1, up to the rounding of their sum. */
export function checkBudget(suite: {
  readonly name: string;
  readonly errors: SuiteErrors;
  readonly claims: readonly { readonly share: number }[];
}): void {
  for (const [kind, most] of Object.entries(MOST)) {
    const rate = suite.errors[kind as keyof SuiteErrors];
    if (!(rate > 0 && rate <= most)) {
      throw new RangeError(`suite ${suite.name} requires errors.${kind} above 0 and at most ${most}, got ${rate}`);
    }
  }
  let sum = 0;
  for (const { share } of suite.claims) {
    if (!(share > 0)) throw new RangeError(`suite ${suite.name} requires positive shares, got ${share}`);
    sum += share;
  }
  const rounding = suite.claims.length * Number.EPSILON;
  if (!(sum <= 1 + rounding)) {
    throw new RangeError(`suite ${suite.name} requires shares that add to at most 1, got ${sum}`);
  }
}

function requireCount(name: string, value: number): void {
  if (!(Number.isInteger(value) && value >= 1)) {
    throw new RangeError(`armLevels requires at least one of ${name}, got ${value}`);
  }
}

/** Part of what may stay undecided that checking the declared families may cost: plans leave it. */
export const SHARE_OF_CHECK = 0.1;
