import type { AnyClaim } from "../../claim/claim.ts";
import type { Context, Experiment } from "../../claim/experiment.ts";
import type { Instrument, OpenedEngine } from "../../claim/instrument.ts";
import type { NamedInput } from "../../claim/named-input.ts";
import { codeChecker } from "../files/code/unchanged-code.ts";
import { streamKey, streamName } from "../plan/stream-key.ts";
import { loadDataset } from "./datasets.ts";
import { changedSince, intrinsics } from "./intrinsics.ts";
import { observe } from "./observe.ts";
import type { Answer, ExperimentAddress, ModuleCode, Preparation, Task } from "./task.ts";

/** Kinds of work that keep a process alive and that an observation must not leave behind. */
const LEFTOVERS: ReadonlySet<string> = new Set([
  ...["Timeout", "Immediate", "ProcessWrap", "TCPSocketWrap", "TCPServerWrap", "UDPWrap"],
]);

/** What makes and checks one chunk: the engines and experiments that this process has loaded. */
export interface Work {
  readonly compute: (task: Task) => Promise<Answer>;
  /** Opens an engine before there is a task for it. */
  readonly prepare: (engine: Preparation["prepare"]) => void;
}

/**
 * The work of one process: one chunk of one experiment after the other, found by their addresses. Rejects with what the
 * experiment or the engine threw; whoever called must then end the process, since both may be broken.
 */
export function createWork(): Work {
  const engines = new Map<string, Promise<OpenedEngine>>();
  const isSame = codeChecker();
  const checked = new Map<string, boolean>();
  const isUnchanged = ({ hash, parts }: ModuleCode) => {
    const known = checked.get(hash) ?? (parts !== undefined && isSame(parts));
    checked.set(hash, known);
    return known;
  };
  const seen = new Set<string>();
  let clean: ReturnType<typeof intrinsics> | undefined;

  const engineOf = (asked: Preparation["prepare"]) => {
    const key = `${asked.engine} of ${asked.instrument}`;
    const opened = engines.get(key) ?? openEngine(asked);
    engines.set(key, opened);
    return opened;
  };

  const compute = async (task: Task): Promise<Answer> => {
    const engine = await engineOf(task);
    clean ??= intrinsics();
    const experiment = await experimentAt(task.address);
    // after all that computes has been loaded
    const changed = task.code.find((code) => !isUnchanged(code));
    if (changed) return { changed: changed.module };
    const key = streamKey(task.seed, experiment.name, experiment.setup);
    if (streamName(key) !== task.stream) {
      throw new Error(`experiment ${experiment.name} gives another setup in the worker than in the plan`);
    }
    const data = await dataFor(experiment, task.cache).catch(messageOf);
    if (typeof data === "string") return { data };
    // what a module does when it is loaded is its own affair, as long as nobody else gets this process afterwards
    const isFirst = !seen.has(task.stream);
    seen.add(task.stream);
    const soiled = isFirst && changedSince(clean) !== undefined;
    const before = soiled ? intrinsics() : clean;
    const left = leftovers();
    const values = observe(experiment, { engine, streams: { key, ...task.range }, data });
    await turn();
    if (leftovers().length > left.length) {
      throw new Error(`it left work running after it had answered: ${leftovers().at(-1)}`);
    }
    const polluted = isFirst ? changedSince(before) : undefined;
    if (polluted !== undefined) throw new Error(`it changed ${polluted}, which all experiments share`);
    return { values: values.buffer as ArrayBuffer, isLast: soiled };
  };
  return { compute, prepare: (asked) => void engineOf(asked).catch(() => undefined) };
}

async function openEngine({ instrument: url, engine }: Preparation["prepare"]): Promise<OpenedEngine> {
  const { default: instrument } = (await import(url)) as { readonly default: Instrument };
  return instrument.open(engine);
}

async function dataFor({ data = [] }: Experiment, cache: string): Promise<Context["data"]> {
  return Object.fromEntries(
    (await Promise.all(data.map((input) => loadedOnce(input, cache)))).map((set) => [set.name, set]),
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const loaded = new Map<string, ReturnType<typeof loadDataset>>();

function loadedOnce(input: NamedInput, cache: string): ReturnType<typeof loadDataset> {
  const data = loaded.get(input.name) ?? loadDataset(input, cache);
  loaded.set(input.name, data);
  return data;
}

function leftovers(): readonly string[] {
  return process.getActiveResourcesInfo().filter((kind) => LEFTOVERS.has(kind));
}

const { setImmediate: immediately } = globalThis;

/** Lets what was queued for at once, promises that nobody awaits among it, come to its end or its error. */
function turn(): Promise<void> {
  return new Promise((resolve) => immediately(resolve));
}

async function experimentAt({ claim: url, control, role, cell }: ExperimentAddress): Promise<Experiment> {
  const { default: claim } = (await import(url)) as { readonly default: AnyClaim };
  if (role === "against") {
    if (!claim.against) throw new Error(`claim ${claim.id} has no second experiment`);
    return claim.against(cell);
  }
  const make = control === null ? claim.experiment : claim.controls[control]?.experiment;
  if (!make) throw new Error(`claim ${claim.id} has no control ${control}`);
  return make(cell);
}
