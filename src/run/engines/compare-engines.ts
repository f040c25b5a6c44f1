import type { ComparedArm, EngineComparison } from "../../claim/engine-comparison.ts";
import type { EnginesApart } from "../../claim/engines-apart.ts";
import type { ArmEvidence, Evidence } from "../../claim/result.ts";
import { cellLabel } from "../../predictions/cells.ts";
import type { SourceSamples } from "../decide/arm-evidence.ts";
import { type DecidedArm, type Deciding, decideArm, usersOf } from "../decide/decide-arm.ts";
import type { PlannedArm, PlannedSeries } from "../plan/plan.ts";
import type { Sampler, Samples } from "../sample/sampler.ts";
import { slots } from "../sample/slots.ts";
import type { Failure } from "../sample/task.ts";
import { compareEstimates } from "./compare-estimates.ts";

export interface Comparing {
  /** The other engine's. */
  readonly deciding: Deciding & { readonly sampler: Sampler };
  /** What the primary engine found, and its samples. */
  readonly evidence: Evidence;
  readonly primary: Sampler;
  readonly apart: EnginesApart;
  readonly workers: number;
  /** Estimates of the whole run, of which this may be a part: the chance of a false alarm is split among them. */
  readonly estimates: number;
}

/**
 * Decides every arm of a plan again with another engine's samples, and holds its verdicts and estimates against the primary
 * engine's: verdicts each at its own look, estimates from the replicates that both have.
 */
export async function compareEngines(parts: Comparing): Promise<EngineComparison["claims"]> {
  const { plan } = parts.deciding;
  const inTurn = slots(4 * parts.workers + 4);
  const users = usersOf(plan);
  const arms = new Map<PlannedArm, ComparedArm>();
  await Promise.all(
    plan.arms.map((planned) =>
      inTurn(async () => {
        arms.set(planned, await compareArm(parts, planned));
        forget(parts, planned, users);
      }),
    ),
  );
  return parts.evidence.claims.map(({ id, suite }) => {
    const own = plan.arms.filter(({ claim }) => claim.claim.id === id && claim.suite.name === suite);
    return { id, suite, arms: own.map((planned) => arms.get(planned)!) };
  });
}

async function compareArm(parts: Comparing, planned: PlannedArm): Promise<ComparedArm> {
  const primary = primaryArm(parts.evidence, planned);
  if (isWithoutEngine(planned)) return uncomparedArm(planned, primary);
  const decided = await decideArm(parts.deciding, planned);
  const sides = await commonSamples(parts, primary, decided);
  const { apart, estimates } = parts;
  const { arm, levels } = planned;
  const { kind, name } = arm;
  const { state, reason } = decided.evidence;
  return {
    name,
    kind,
    primary: primary.state,
    other: state,
    ...(reason === undefined ? {} : { reason }),
    unsupported: unsupportedCells(planned, decided.sources),
    estimates: arm.units
      .map((unit) => compareEstimates({ unit, levels, apart, estimates, ...sides }))
      .filter((compared) => compared !== undefined),
  };
}

/** Programs and records are the same whatever the engine: to find them equal would say nothing. */
function isWithoutEngine({ arm }: PlannedArm): boolean {
  return arm.sources.every(({ experiment }) => experiment.origin !== undefined);
}

function uncomparedArm({ arm }: PlannedArm, { state }: ArmEvidence): ComparedArm {
  const reason = `no engine computes it: ${[...new Set(arm.sources.map(({ experiment }) => experiment.origin!.by))].join(", ")}`;
  return { name: arm.name, kind: arm.kind, primary: state, other: state, reason, unsupported: [], estimates: [] };
}

function primaryArm({ claims }: Evidence, { claim, arm }: PlannedArm): ArmEvidence {
  const own = claims.find(({ id, suite }) => id === claim.claim.id && suite === claim.suite.name)!;
  return own.arms.find(({ name }) => name === arm.name)!;
}

/** Of each source the replicates that both engines have. */
async function commonSamples(
  { primary: sampler }: Comparing,
  { cells }: ArmEvidence,
  { sources }: DecidedArm,
): Promise<{ readonly primary: readonly SourceSamples[]; readonly other: readonly SourceSamples[] }> {
  const pairs = await Promise.all(
    sources.map(async ({ series, samples }, index) => {
      const count = Math.min(cells[index]!.replicates, "state" in samples ? 0 : samples.count);
      if ("state" in samples || count === 0) return { primary: none(series), other: none(series) };
      const again = await sampler.request(series, count);
      return { primary: { series, samples: again }, other: { series, samples: first(samples, count) } };
    }),
  );
  return { primary: pairs.map(({ primary }) => primary), other: pairs.map(({ other }) => other) };
}

function none(series: PlannedSeries): SourceSamples {
  const failure: Failure = { state: "skipped", reason: "one of the engines has no samples" };
  return { series, samples: failure };
}

function first({ columns }: Samples, count: number): Samples {
  return { count, columns: columns.map((column) => column.subarray(0, count)) };
}

function unsupportedCells({ arm }: PlannedArm, sources: readonly SourceSamples[]): ComparedArm["unsupported"] {
  return sources.flatMap(({ samples }, index) => {
    if (!("state" in samples) || samples.state !== "skipped") return [];
    const { cell, role } = arm.sources[index]!;
    return [{ cell: cellLabel(cell), role, reason: samples.reason }];
  });
}

function forget({ deciding: { plan, sampler }, primary }: Comparing, planned: PlannedArm, users: Map<string, number>) {
  for (const stream of new Set(planned.streams)) {
    users.set(stream, users.get(stream)! - 1);
    if (users.get(stream)! > 0) continue;
    const series = plan.series.get(stream)!;
    sampler.release(series);
    primary.release(series);
  }
}
