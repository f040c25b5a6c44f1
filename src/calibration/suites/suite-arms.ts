import type { TierName } from "../../claim/claim.ts";
import { resolveArms } from "../../claim/resolve.ts";
import type { Suite } from "../../claim/suite.ts";
import type { Arm } from "../../claim/unit.ts";
import { armLevels } from "../../statistics/planning/budget.ts";
import type { Question } from "../../statistics/question.ts";
import type { SimulatedArm } from "./simulate-arm.ts";
import { knownTruth } from "./unit-truth.ts";

/** An arm of a suite, by claim and name. */
export interface NamedArm extends SimulatedArm {
  readonly name: string;
}

/** An arm that cannot be simulated, and why. */
export interface OmittedArm {
  readonly arm: string;
  readonly because: string;
}

/** All arms of a suite at a tier with their error levels, in order; those of whose truth nothing is known apart. */
export function suiteArms(
  suite: Suite,
  tier: TierName,
): { readonly arms: readonly NamedArm[]; readonly omitted: readonly OmittedArm[] } {
  const all = suite.claims.flatMap((claim) => armsOf(suite, claim, tier));
  const omitted = all.flatMap(({ name, arm }) => {
    const because = whyNot(arm);
    return because === undefined ? [] : [{ arm: name, because }];
  });
  return { arms: all.filter(({ arm }) => whyNot(arm) === undefined), omitted };
}

function armsOf(suite: Suite, { claim, share }: Suite["claims"][number], tier: TierName): readonly NamedArm[] {
  const resolved = resolveArms(claim, tier);
  return resolved.map((arm) => {
    const levels = armLevels({
      errors: suite.errors,
      share,
      kind: arm.kind,
      controls: resolved.length - 1,
      units: arm.units.length,
      looks: Math.max(...arm.sources.map((source) => source.looks.length)),
    });
    const units = arm.units.map((unit) => ({ ...unit, question: asExponential(unit.question) }));
    return { name: `${claim.id}, ${arm.name}`, arm: { ...arm, units }, levels };
  });
}

/**
 * A law's judge sees values only through the specified distribution function: any law may stand for another,
 * and the exponential is drawn fastest.
 */
function asExponential(question: Question): Question {
  return question.statistic === "law"
    ? { ...question, law: { name: "gamma", shape: 1, location: 0, sign: 1 } }
    : question;
}

/** Statistics whose synthetic values need a known spread. */
const NEED_SPREAD: ReadonlySet<Question["statistic"]> = new Set(["mean", "median", "slope", "regression"]);

function whyNot(arm: Arm): string | undefined {
  for (const { question, label } of arm.units) {
    if (!Number.isFinite(knownTruth(question))) return `${label}: the known value is not declared`;
    const needsSpread =
      NEED_SPREAD.has(question.statistic) || (question.statistic === "difference" && question.of !== "proportion");
    const unknown = needsSpread && !(question.known ?? []).every(({ spread }) => Number.isFinite(spread));
    if (unknown) return `${label}: the known spread is not declared`;
  }
  return undefined;
}
