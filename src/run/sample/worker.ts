import { move } from "piscina";
import type { AnyClaim } from "../../claim/claim.ts";
import type { Experiment } from "../../claim/experiment.ts";
import type { Engine } from "../../lab/contract/engine.ts";
import { openEngine } from "../../lab/engines.ts";
import { codeHasher } from "../files/code-hash.ts";
import { streamKey, streamName } from "../plan/stream-key.ts";
import { observe } from "./observe.ts";
import type { CodeChange, ExperimentAddress, ModuleCode, Refusal, Task } from "./task.ts";

/**
 * What a worker thread runs: one chunk of one experiment, found by its address. Gives an `ArrayBuffer`, a `Refusal` or a
 * `CodeChange`.
 */
export default async function work(task: Task): Promise<unknown> {
  try {
    return await observeChunk(task);
  } catch (error) {
    if (isUnsupported(error)) return { unsupported: error.message } satisfies Refusal;
    // what failed may have broken the engine, as a lost device does: the next chunk opens a fresh one
    engines.delete(task.engine);
    throw error;
  }
}

async function observeChunk(task: Task): Promise<unknown> {
  const experiment = await experimentAt(task.address);
  const engine = await engineOf(task.engine);
  // after all that computes has been loaded
  const changed = task.code.find((code) => !isUnchanged(code));
  if (changed) return { changed: changed.module } satisfies CodeChange;
  const key = streamKey(task.seed, experiment.name, experiment.setup);
  if (streamName(key) !== task.stream) {
    throw new Error(`experiment ${experiment.name} gives another setup in the worker than in the plan`);
  }
  const values = observe(experiment, { engine, streams: { key, ...task.range }, data: task.data });
  return move(values.buffer as ArrayBuffer);
}

/** Opened once a thread, with the first task that asks for it. */
const engines = new Map<string, Promise<Engine>>();

function engineOf(name: string): Promise<Engine> {
  const opened = engines.get(name) ?? openEngine(name);
  engines.set(name, opened);
  return opened;
}

function isUnsupported(error: unknown): error is Error {
  return error instanceof Error && error.name === "UnsupportedError";
}

const codeHash = codeHasher();

/**
 * Whether what this thread has loaded is what the plan saw: the files were hashed before this thread began, and here, after it
 * has loaded them.
 */
function isUnchanged({ module, hash }: ModuleCode): boolean {
  return codeHash(module) === hash;
}

async function experimentAt({ claim: url, control, role, cell }: ExperimentAddress): Promise<Experiment> {
  const { default: claim } = (await import(url)) as { readonly default: AnyClaim };
  if (role === "against") {
    if (!claim.against) throw new Error(`claim ${claim.id} has no second arm`);
    return claim.against(cell);
  }
  const make = control === null ? claim.experiment : claim.controls[control]?.experiment;
  if (!make) throw new Error(`claim ${claim.id} has no control ${control}`);
  return make(cell);
}
