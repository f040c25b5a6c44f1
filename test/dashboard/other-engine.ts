import type { ComparedArm, EngineComparison } from "../../src/claim/engine-comparison.ts";
import type { Result } from "../../src/claim/result.ts";
import { HOSTILE } from "./hostile.ts";

type Estimate = ComparedArm["estimates"][number];

/** Why the third engine refuses chains. */
export const REFUSAL = "unsupported: engine tensorflow does not do this";

/** What happens to each claim on the third engine, by the end of its id; the others are inside their bounds. */
const EVENTS: Readonly<Record<string, (arm: ComparedArm) => ComparedArm>> = {
  "product-has-gamma-law": (arm) => ({
    ...arm,
    other: "skipped",
    reason: REFUSAL,
    unsupported: arm.estimates.map(({ label }) => ({ cell: label, role: "experiment", reason: REFUSAL })),
    estimates: [],
  }),
  "relu-chain-dies": (arm) => ({ ...arm, estimates: arm.estimates.map((one) => shifted(one, 3)) }),
  "finite-noise-slope": (arm) => ({
    ...arm,
    estimates: arm.estimates.map((one) => ({ ...one, bound: null, share: null, inside: null })),
  }),
  "descent-time": (arm) => (arm.kind === "claimed" ? { ...arm, primary: "supported", other: "refuted" } : arm),
  "directions-share-the-escape": (arm) => ({ ...arm, other: "crashed", reason: HOSTILE.reason, estimates: [] }),
};

/** The result with one more engine, made of the one that it has: in its names, too, a file may try what it likes. */
export function withOtherEngine(result: Result): Result {
  const [reference] = result.engines!.others;
  const claims = reference!.claims.map(({ id, suite, arms }) => {
    const event = Object.entries(EVENTS).find(([name]) => id.endsWith(name))?.[1];
    return { id, suite, arms: arms.map(event ?? inside) };
  });
  const evil = { id: HOSTILE.id, suite: HOSTILE.arm, arms: claims[1]!.arms.map(hostile) };
  const tensorflow: EngineComparison = {
    ...reference!,
    engine: { name: "tensorflow", versions: { tensorflow: "2.15.1", threads: "1", [HOSTILE.arm]: HOSTILE.title } },
    claims: [...claims, evil],
  };
  return { ...result, engines: { version: 1, others: [reference!, tensorflow] } };
}

function inside(arm: ComparedArm): ComparedArm {
  return { ...arm, estimates: arm.estimates.map((one, at) => shifted(one, 0.02 * (at + 1))) };
}

/** An estimate whose difference takes `share` of its bound. */
function shifted(estimate: Estimate, share: number): Estimate {
  const bound = 1e-5;
  const difference = share * bound;
  const paired = { differing: estimate.replicates, largest: difference, bound, beyond: 0, allowed: 0 };
  return { ...estimate, difference, bound, share, because: HOSTILE.arm, inside: share <= 1, paired };
}

function hostile(arm: ComparedArm): ComparedArm {
  const unsupported = [{ cell: HOSTILE.words, role: "against" as const, reason: HOSTILE.title }];
  return { ...arm, name: HOSTILE.arm, reason: HOSTILE.reason, unsupported };
}
