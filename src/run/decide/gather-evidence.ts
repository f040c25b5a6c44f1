import { declaredLaws } from "../../claim/declared-laws.ts";
import { originsOf } from "../../claim/origin/origins-of.ts";
import { type ArmEvidence, type ClaimEvidence, type Evidence, INTERPRETING_VERSION } from "../../claim/result.ts";
import type { SampleFiles } from "../files/sample-files.ts";
import type { Plan, PlannedArm, PlannedClaim } from "../plan/plan.ts";
import type { Sampler } from "../sample/sampler.ts";
import { slots } from "../sample/slots.ts";
import { type Deciding, decideArm, usersOf } from "./decide-arm.ts";
import { outcomeOf } from "./outcome.ts";

interface Gathering extends Deciding {
  readonly sampler: Sampler;
  readonly files: SampleFiles;
  readonly workers: number;
}

/**
 * All arms, a few at a time in the plan's order: enough to keep every worker busy, few enough that samples of finished arms
 * can be forgotten before those of the last ones are there.
 */
export async function gatherEvidence(parts: Gathering): Promise<Evidence> {
  const { plan, workers } = parts;
  const inTurn = slots(4 * workers + 4);
  const arms = new Map<PlannedArm, ArmEvidence>();
  const users = usersOf(plan);
  await Promise.all(
    plan.arms.map((planned) =>
      inTurn(async () => {
        const { evidence } = await decideArm(parts, planned);
        arms.set(planned, evidence);
        finishClaim(parts, planned.claim, arms);
        await finishSeries(parts, planned, users);
      }),
    ),
  );
  return evidenceOf(plan, arms);
}

async function finishSeries(
  { plan, sampler, files }: Gathering,
  planned: PlannedArm,
  users: Map<string, number>,
): Promise<void> {
  for (const stream of new Set(planned.streams)) {
    users.set(stream, users.get(stream)! - 1);
    if (users.get(stream)! > 0) continue;
    const series = plan.series.get(stream)!;
    const samples = sampler.release(series);
    if (samples && samples.count > 0) await files.write(series, samples);
  }
}

function finishClaim(
  { plan, emit }: Gathering,
  planned: PlannedClaim,
  arms: ReadonlyMap<PlannedArm, ArmEvidence>,
): void {
  const all = plan.arms.filter((other) => other.claim === planned);
  const finished = all.map((other) => arms.get(other)).filter((evidence) => evidence !== undefined);
  if (finished.length < all.length) return;
  emit({
    kind: "verdict",
    claim: planned.claim.id,
    outcome: outcomeOf(finished, plan.tier, planned.claim.withoutControl !== undefined),
  });
}

/** In the order of suites and ids, so that the order on a command line leaves no trace. */
function evidenceOf(plan: Plan, arms: ReadonlyMap<PlannedArm, ArmEvidence>): Evidence {
  const suites = new Map(plan.claims.map(({ suite }) => [suite.name, suite]));
  const claims = [...plan.claims].sort(
    (a, b) => compare(a.suite.name, b.suite.name) || compare(a.claim.id, b.claim.id),
  );
  return {
    tier: plan.tier,
    seed: plan.seed,
    interpreting: INTERPRETING_VERSION,
    suites: [...suites.values()]
      .sort((a, b) => compare(a.name, b.name))
      .map(({ name, title, errors, claims: listed }) => ({
        name,
        title,
        errors: { falseVerdict: errors.falseVerdict, undecided: errors.undecided },
        shares: listed.reduce((sum, { share }) => sum + share, 0),
      })),
    claims: claims.map((planned) => claimEvidenceOf(plan, planned, arms)),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function claimEvidenceOf(plan: Plan, planned: PlannedClaim, arms: ReadonlyMap<PlannedArm, ArmEvidence>): ClaimEvidence {
  const { claim, suite, share } = planned;
  const own = plan.arms.filter((arm) => arm.claim === planned).map((arm) => arms.get(arm)!);
  const declared = declaredLaws(claim);
  const { withoutControl } = claim;
  const origins = originsOf(plan.arms.filter((arm) => arm.claim === planned).flatMap(({ arm }) => arm.sources));
  return {
    id: claim.id,
    hash: plan.hashes.get(claim.id)!,
    title: claim.title,
    statement: claim.statement,
    source: { paper: claim.source.paper, at: claim.source.at, grade: claim.source.grade },
    suite: suite.name,
    share,
    ...(declared.length === 0 ? {} : { declared: [...declared] }),
    ...(origins.length === 0 ? {} : { origins: [...origins] }),
    ...(withoutControl === undefined ? {} : { withoutControl: withoutControl.because }),
    outcome: outcomeOf(own, plan.tier, withoutControl !== undefined),
    arms: own,
  };
}
