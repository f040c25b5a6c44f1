import type { TierName } from "../../claim/claim.ts";
import { resolveArms } from "../../claim/resolve.ts";
import type { Suite } from "../../claim/suite.ts";
import { type Arm, levelsOfArm, type Unit } from "../../claim/unit.ts";
import { kindOf } from "../../predictions/kinds.ts";
import type { SimulatedArm } from "./simulate-arm.ts";

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
    const levels = levelsOfArm(arm, suite.errors, share, resolved.length - 1);
    return { name: `${claim.id}, ${arm.name}`, arm: { ...arm, units: arm.units.map(quicker) }, levels };
  });
}

/** The unit with a question of the same errors whose values are drawn fastest. */
function quicker(unit: Unit): Unit {
  const { standIn } = kindOf(unit.question).synthetic;
  return standIn ? { ...unit, question: standIn(unit.question) } : unit;
}

function whyNot(arm: Arm): string | undefined {
  for (const { question, label } of arm.units) {
    const { synthetic } = kindOf(question);
    if (!Number.isFinite(synthetic.knownTruth(question))) return `${label}: the known value is not declared`;
    const known = (question.known ?? []).every(({ spread }) => Number.isFinite(spread));
    if (synthetic.needsSpread(question) && !known) return `${label}: the known spread is not declared`;
  }
  return undefined;
}
