import type { DatasetName } from "../../claim/experiment.ts";
import type { Dataset } from "../../numerics/dataset.ts";
import type { AnyCell } from "../../predictions/cells.ts";
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

/** One chunk of work: plain data, cloned to a worker. Pictures lie in shared memory. */
export interface Task {
  readonly address: ExperimentAddress;
  readonly seed: string;
  /** What the plan expects the worker to find under the address. */
  readonly stream: string;
  readonly range: ReplicateRange;
  readonly engine: string;
  /** Modules and the hash of their code that the samples are stored under: the worker checks that it has loaded the same. */
  readonly code: readonly ModuleCode[];
  readonly data: { readonly [name in DatasetName]?: Dataset };
}

/** Why a cell has no samples: `skipped` where the engine refuses it. The reason enters evidence, so it names no time and no machine. */
export interface Failure {
  readonly state: "crashed" | "timed-out" | "skipped";
  readonly reason: string;
}

export interface ModuleCode {
  readonly module: string;
  readonly hash: string;
}

/** What a worker answers where the engine cannot do what the experiment asks of it: errors lose their names between threads. */
export interface Refusal {
  readonly unsupported: string;
}

/** A module that changed on disk between plan and worker: nothing that it computes may be stored. */
export interface CodeChange {
  readonly changed: string;
}
