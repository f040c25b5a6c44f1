import type { AnyCell } from "../../predictions/cells.ts";
import type { CodePart } from "../files/code/unchanged-code.ts";
import type { ReplicateRange } from "../files/store.ts";

/** Where a worker finds an experiment: functions do not travel between threads, addresses do. */
export interface ExperimentAddress {
  /** URL of the claim's module. */
  readonly claim: string;
  /** Index into the claim's controls; null for the claimed arm. */
  readonly control: number | null;
  readonly role: "experiment" | "against";
  readonly cell: AnyCell;
}

/** One chunk of work: plain data, sent to a worker's process. */
export interface Task {
  readonly address: ExperimentAddress;
  readonly seed: string;
  /** What the plan expects the worker to find under the address. */
  readonly stream: string;
  readonly range: ReplicateRange;
  /** URL of the instrument's module. */
  readonly instrument: string;
  readonly engine: string;
  /** Modules and the hash of their code that the samples are stored under: the worker checks that it has loaded the same. */
  readonly code: readonly ModuleCode[];
  /** Folder in which the data sets are kept that the experiment asks for: the worker loads them itself. */
  readonly cache: string;
}

/** What a worker that has no task yet loads meanwhile. It is not answered: what goes wrong goes wrong again with the task. */
export interface Preparation {
  readonly prepare: Pick<Task, "instrument" | "engine">;
}

/** Why a cell has no samples: `skipped` where the engine refuses it. The reason enters evidence, so it names no time and no machine. */
export interface Failure {
  readonly state: "crashed" | "timed-out" | "skipped";
  readonly reason: string;
}

/** A failure, and the replicates of its range that were computed before it. */
export interface Broken extends Failure {
  readonly before?: { readonly count: number; readonly values: Float64Array };
}

export interface ModuleCode {
  readonly module: string;
  readonly hash: string;
  /** What the hash covers; a worker is told once. */
  readonly parts?: readonly CodePart[];
}

/**
 * What a worker answers. `values`: the measures one after the other; `isLast` where the process must not serve another
 * experiment. `changed`: a module that changed on disk between plan and worker, so that nothing it computes may be stored.
 * `unsupported`: the engine cannot do what the experiment asks of it. `data`: a data set is missing or not what it was, which is no
 * experiment's fault. `failed`: in words, what was thrown.
 */
export type Answer =
  | { readonly values: ArrayBuffer; readonly isLast: boolean }
  | { readonly changed: string }
  | { readonly unsupported: string }
  | { readonly data: string }
  | { readonly failed: string };
