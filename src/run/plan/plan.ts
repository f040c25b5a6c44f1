import type { AnyClaim, TierName } from "../../claim/claim.ts";
import type { Experiment, Rates } from "../../claim/experiment.ts";
import { claimHash } from "../../claim/manifest.ts";
import type { NamedInput } from "../../claim/named-input.ts";
import { resolveArms } from "../../claim/resolve.ts";
import { sharedCells } from "../../claim/shared-cells.ts";
import type { Suite } from "../../claim/suite.ts";
import { type Arm, levelsOfArm, looksOfArm, type SampleSource } from "../../claim/unit.ts";
import type { StreamKey } from "../../numerics/stream.ts";
import { ClaimError } from "../../predictions/claim-error.ts";
import type { PlanningErrors } from "../../statistics/judges/judge.ts";
import { measureNames } from "../sample/observe.ts";
import type { ExperimentAddress } from "../sample/task.ts";
import { NOMINAL_RATES, secondsOf } from "./cost-model.ts";
import { streamKey, streamName } from "./stream-key.ts";

/** Of a suite what plans and evidence have of it. */
export interface PlannedSuite extends Pick<Suite, "name" | "title" | "errors"> {
  readonly claims: readonly Pick<Suite["claims"][number], "share">[];
}

/** A claim as a suite holds it, and where workers find it. */
export interface PlannedClaim {
  readonly claim: AnyClaim;
  /** URL of the claim's module. */
  readonly module: string;
  readonly suite: PlannedSuite;
  /** Fixed share of the suite's error budget. */
  readonly share: number;
}

/** The observations of one experiment under one seed, shared by all arms that ask for them. */
export interface PlannedSeries {
  readonly stream: string;
  readonly key: StreamKey;
  readonly experiment: Experiment;
  readonly measures: readonly string[];
  readonly address: ExperimentAddress;
  /** The claim that first asked: its time is counted there. */
  readonly claim: string;
  /** At the last look, the most that any arm asks for. */
  readonly replicates: number;
}

export interface PlannedArm {
  readonly claim: PlannedClaim;
  readonly arm: Arm;
  /** Error levels of each unit at each look. */
  readonly levels: PlanningErrors;
  readonly looks: number;
  /** Stream of each source. */
  readonly streams: readonly string[];
}

export interface Plan {
  readonly tier: TierName;
  readonly seed: string;
  readonly claims: readonly PlannedClaim[];
  /** Content hash of each claim, by id. */
  readonly hashes: ReadonlyMap<string, string>;
  readonly arms: readonly PlannedArm[];
  readonly series: ReadonlyMap<string, PlannedSeries>;
  readonly data: readonly NamedInput[];
}

/** What a tier of these claims consists of: pure, nothing is run. Throws `ClaimError` for claims that make no sense. */
export function planRun(claims: readonly PlannedClaim[], tier: TierName, seed: string): Plan {
  const arms: PlannedArm[] = [];
  const series = new Map<string, PlannedSeries>();
  const hashes = new Map<string, string>();
  for (const planned of claims) {
    const shared = sharedCells();
    const resolved = resolveArms(planned.claim, tier, shared);
    hashes.set(planned.claim.id, claimHash(planned.claim, { [tier]: resolved }, shared));
    for (const arm of resolved) {
      const streams = arm.sources.map((source) => addSeries(series, { planned, source, control: arm.control, seed }));
      const levels = levelsOfArm(arm, planned.suite.errors, planned.share, resolved.length - 1);
      arms.push({ claim: planned, arm, levels, looks: looksOfArm(arm), streams });
    }
  }
  return { tier, seed, claims, hashes, arms, series, data: inputsOf(series) };
}

/** Each input once, by name. */
function inputsOf(series: Plan["series"]): readonly NamedInput[] {
  const inputs = new Map<string, NamedInput>();
  for (const input of [...series.values()].flatMap(({ experiment }) => experiment.data ?? [])) {
    const known = inputs.get(input.name);
    if (known !== undefined && known.digest !== input.digest) {
      throw new TypeError(`data set ${input.name} requires one digest, got ${known.digest} and ${input.digest}`);
    }
    inputs.set(input.name, input);
  }
  return [...inputs.values()].sort((first, second) => (first.name < second.name ? -1 : 1));
}

/** Replicates of a source at a look (1 or 2). */
export function replicatesAt(source: SampleSource, look: number): number {
  return source.looks[Math.min(look, source.looks.length) - 1]!;
}

function addSeries(
  series: Map<string, PlannedSeries>,
  {
    planned,
    source,
    control,
    seed,
  }: {
    readonly planned: PlannedClaim;
    readonly source: SampleSource;
    readonly control: Arm["control"];
    readonly seed: string;
  },
): string {
  const { experiment, role, cell } = source;
  const key = streamKey(seed, experiment.name, experiment.setup);
  const stream = streamName(key);
  const known = series.get(stream);
  if (known && known.experiment.module !== experiment.module) {
    throw new ClaimError(
      `claims ${known.claim} and ${planned.claim.id} build experiment ${experiment.name} with one setup from two modules, ${known.experiment.module} and ${experiment.module}, one is required: make the experiment in a file that both import`,
    );
  }
  series.set(stream, {
    key,
    stream,
    experiment,
    measures: measureNames(experiment),
    address: { claim: planned.module, control, role, cell },
    claim: planned.claim.id,
    ...known,
    replicates: Math.max(known?.replicates ?? 0, source.looks.at(-1)!),
  });
  return stream;
}

/**
 * Replicates a chunk: about a second by the committed rates (the same everywhere), in whole blocks of 64, or in a power of two
 * of them where 64 take longer than that; at least as many as an engine computes in hardly more time than one.
 */
export function chunkReplicates(experiment: Experiment, together = 1): number {
  // no engine computes what a program does
  return Math.max(replicatesInTime(experiment), experiment.origin === undefined ? together : 1);
}

function replicatesInTime(experiment: Experiment): number {
  const inTime = CHUNK_SECONDS / secondsOf(experiment.cost, 1, NOMINAL_RATES);
  if (inTime < CHUNK_BLOCK) return 2 ** Math.max(0, Math.floor(Math.log2(inTime)));
  return Math.min(Math.floor(inTime / CHUNK_BLOCK) * CHUNK_BLOCK, LARGEST_CHUNK);
}

const CHUNK_SECONDS = 1;
const CHUNK_BLOCK = 64;
/** Bounds a worker's memory: 2^17 replicates of one measure are 1 MiB. */
const LARGEST_CHUNK = 2 ** 17;

/** Seconds of the whole plan on that many workers, nothing found in the store. */
export function secondsOfPlan(plan: Plan, rates: Rates, workers: number): number {
  let seconds = 0;
  for (const { experiment, replicates } of plan.series.values()) {
    seconds += secondsOf(experiment.cost, replicates, rates);
  }
  return seconds / workers;
}
