import { canonicalJsonOf } from "../../claim/canonical-json.ts";
import type { ArmEvidence, ClaimEvidence, Evidence, Provenance } from "../../claim/result.ts";
import type { SampleEntry } from "../files/read-samples.ts";
import { type Plan, type PlannedArm, type PlannedClaim, planRun } from "../plan/plan.ts";
import type { Sampler, Samples } from "../sample/sampler.ts";
import { decideArm } from "./decide-arm.ts";

/** What judging again came to. */
export interface JudgedAgain {
  /** Arms that were judged and found as the evidence has them. */
  readonly arms: number;
  /** Claims of the evidence that no suite has in this version: they cannot be judged here. */
  readonly otherVersions: readonly string[];
  /** The first arm that its samples do not give, in words. */
  readonly problem?: string;
}

interface Judging {
  readonly evidence: Evidence;
  readonly provenance: Pick<Provenance, "samples">;
  /** Those of the suites; other ones than the evidence has are passed over. */
  readonly claims: readonly PlannedClaim[];
  /** Reads the samples of one stream, checked against their digest; throws where they are not there. */
  readonly read: (entry: SampleEntry) => Promise<Samples>;
}

/**
 * Judges raw samples once more, look by look as the run did, and holds the evidence against what they give: estimates,
 * intervals, levels, regions, block digests and states. Arms without samples (crashed, timed out, skipped) have nothing to be
 * judged. Cost: reading all samples and the judges' own time, as a run has that finds everything in the store.
 */
export async function judgeAgain({ evidence, provenance, claims, read }: Judging): Promise<JudgedAgain> {
  const known = new Map(claims.map((planned) => [nameOf(planned.suite.name, planned.claim.id), planned]));
  const plans = evidence.claims.map((claim) => planOf(claim, evidence, known.get(nameOf(claim.suite, claim.id))));
  const otherVersions = evidence.claims.filter((_, index) => plans[index] === undefined).map(({ id }) => id);
  let arms = 0;
  for (const [index, claim] of evidence.claims.entries()) {
    const plan = plans[index];
    if (plan === undefined) continue;
    for (const arm of claim.arms) {
      const problem = await problemOfArm(arm, { plan, samples: provenance.samples, read });
      if (problem !== undefined)
        return { arms, otherVersions, problem: `claim ${claim.id}, arm ${arm.name}: ${problem}` };
      arms++;
    }
  }
  return { arms, otherVersions };
}

function nameOf(suite: string, id: string): string {
  return `${suite}: ${id}`;
}

/** Undefined where the suite's claim is another version, or its share of the budget is. */
function planOf(
  claim: ClaimEvidence,
  { tier, seed, suites }: Evidence,
  planned: PlannedClaim | undefined,
): Plan | undefined {
  const errors = suites.find(({ name }) => name === claim.suite)?.errors;
  if (planned === undefined || planned.share !== claim.share || planned.claim.tiers[tier] === undefined)
    return undefined;
  if (errors?.falseVerdict !== planned.suite.errors.falseVerdict) return undefined;
  if (errors.undecided !== planned.suite.errors.undecided) return undefined;
  const plan = planRun([planned], tier, seed);
  return plan.hashes.get(claim.id) === claim.hash ? plan : undefined;
}

interface Reading extends Pick<Judging, "read"> {
  readonly plan: Plan;
  readonly samples: Provenance["samples"];
}

async function problemOfArm(arm: ArmEvidence, reading: Reading): Promise<string | undefined> {
  const planned = reading.plan.arms.find((other) => other.arm.name === arm.name && other.arm.kind === arm.kind);
  if (planned === undefined) return "the claim has no such arm at this tier";
  if (arm.state === "crashed" || arm.state === "timed-out" || arm.state === "skipped") return undefined;
  const due = await evidenceFromFiles(planned, reading);
  return firstDifference(arm, due);
}

async function evidenceFromFiles(planned: PlannedArm, { plan, samples, read }: Reading): Promise<ArmEvidence> {
  const files = new Map<string, Promise<Samples>>();
  const request: Sampler["request"] = async ({ stream }, count) => {
    const entry = samples[stream];
    if (entry === undefined) return { state: "crashed", reason: `there are no samples of stream ${stream}` };
    if (!files.has(stream)) files.set(stream, read(entry));
    const found = await files.get(stream)!;
    if (found.count < count)
      return { state: "crashed", reason: `${count} replicates are judged, ${found.count} are there` };
    return { count, columns: found.columns.map((column) => column.subarray(0, count)) };
  };
  const silent = { progress: { expect: () => undefined }, emit: () => undefined };
  const { evidence } = await decideArm({ plan, sampler: { request }, ...silent }, planned);
  return evidence;
}

function firstDifference(said: ArmEvidence, due: ArmEvidence): string | undefined {
  if (textOf(said) === textOf(due)) return undefined;
  if (due.state === "crashed") return `its samples cannot be judged: ${due.reason}`;
  for (const [at, unit] of said.units.entries()) {
    const other = due.units[at];
    if (other === undefined) break;
    for (const key of Object.keys({ ...other, ...unit }) as (keyof typeof unit)[]) {
      if (textOf(unit[key]) === textOf(other[key])) continue;
      return `${unit.label || "its one cell"}: ${key} is ${textOf(unit[key])}, its samples give ${textOf(other[key])}`;
    }
  }
  if (said.state !== due.state) return `it says ${said.state}, its samples give ${due.state}`;
  const cell = said.cells.findIndex((one, at) => textOf(one) !== textOf(due.cells[at]));
  return cell < 0
    ? "its samples give other answers"
    : `its samples give another cell ${cell + 1}: ${said.cells[cell]!.experiment}`;
}

function textOf(value: unknown): string {
  return value === undefined ? "nothing" : canonicalJsonOf(value);
}
