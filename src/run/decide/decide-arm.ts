import type { ArmEvidence } from "../../claim/result.ts";
import type { RunEvent } from "../events.ts";
import { type Plan, type PlannedArm, replicatesAt } from "../plan/plan.ts";
import type { Progress } from "../progress.ts";
import type { Sampler } from "../sample/sampler.ts";
import { armEvidence, type SourceSamples } from "./arm-evidence.ts";
import { belowRounding, type ComputingEngine } from "./below-rounding.ts";

/** What an arm's evidence is made with. */
export interface Deciding {
  readonly plan: Plan;
  readonly sampler: Pick<Sampler, "request">;
  readonly progress: Pick<Progress, "expect">;
  readonly emit: (event: RunEvent) => void;
  /** Absent where samples are judged that are there already. */
  readonly engine?: ComputingEngine;
}

/** An arm's evidence at the look that decided it, and the samples that it rests on. */
export interface DecidedArm {
  readonly evidence: ArmEvidence;
  readonly sources: readonly SourceSamples[];
}

/** Looks until decided: the levels of each look are paid for in advance, and what a look decides stays decided. */
export async function decideArm(deciding: Deciding, planned: PlannedArm): Promise<DecidedArm> {
  const { plan, sampler, progress, emit, engine } = deciding;
  const refused = engine && belowRounding(plan, planned, engine);
  for (let look = 1; ; look++) {
    const sources = await Promise.all(
      planned.streams.map(async (stream, index): Promise<SourceSamples> => {
        const series = plan.series.get(stream)!;
        const count = replicatesAt(planned.arm.sources[index]!, look);
        progress.expect(series, count);
        const samples: SourceSamples["samples"] =
          refused === undefined ? await sampler.request(series, count) : { state: "skipped", reason: refused };
        const source = { series, samples };
        tellCell(emit, planned, { source, index });
        return source;
      }),
    );
    const evidence = armEvidence(planned, sources, look);
    emit({
      kind: "arm",
      claim: planned.claim.claim.id,
      arm: planned.arm.name,
      state: evidence.state,
      look,
    });
    if (evidence.state !== "inconclusive" || look >= planned.looks) return { evidence, sources };
  }
}

function tellCell(
  emit: Deciding["emit"],
  { claim, arm }: PlannedArm,
  { source, index }: { readonly source: SourceSamples; readonly index: number },
): void {
  const { samples } = source;
  const failed = "state" in samples ? { state: samples.state, reason: samples.reason } : { state: "done" as const };
  emit({ kind: "cell", claim: claim.claim.id, arm: arm.name, cell: arm.sources[index]!.cell, ...failed });
}

/** How many arms have not finished with each series. */
export function usersOf(plan: Plan): Map<string, number> {
  const users = new Map<string, number>();
  for (const { streams } of plan.arms) {
    for (const stream of new Set(streams)) users.set(stream, (users.get(stream) ?? 0) + 1);
  }
  return users;
}
