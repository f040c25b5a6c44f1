import { type ChildProcess, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { fileProblem } from "../files/atomic-file.ts";
import { startGuard } from "./guard.ts";
import type { Answer, Preparation, Task } from "./task.ts";

/** Heap of one worker's JavaScript. */
export const WORKER_HEAP_MIB = 192;
/** All memory of one worker's process. TensorFlow, the largest engine, takes 600 MiB with its library; pictures 60. */
export const WORKER_MEMORY_MIB = 1536;

const MEMORY_PAUSE_MILLISECONDS = 100;
/** A task that takes longer gets a guard, which ends the worker should this process be killed meanwhile. */
const GUARD_AFTER_MILLISECONDS = 2000;

/** What became of a task that a worker did not answer. */
export interface Death {
  readonly died: string;
}

/** That there is no process at all: the system refuses it, which is no experiment's fault. */
export interface Unstarted {
  readonly unstarted: string;
}

export interface WorkerProcess {
  /** Sends one task; one at a time. Resolves with its answer or with how the process died. */
  readonly ask: (task: Task) => Promise<Answer | Death | Unstarted>;
  /** Says what the first task will need, so that it is loaded by then. */
  readonly prepare: (preparation: Preparation) => void;
  /** Ends the process at once. A task that is out is then never answered. */
  readonly kill: () => void;
}

/**
 * Starts a process that does `work`, so that whatever an experiment does to it, memory, signals and native code included,
 * is its own affair. `heard` is told each line that the process prints. Cost: some 60 ms of one core, and 40 MB.
 */
export function startWorker(heard: (line: string) => void): WorkerProcess {
  const child = fork(fileURLToPath(new URL("./worker.js", import.meta.url)), {
    execArgv: [`--max-old-space-size=${WORKER_HEAP_MIB}`, "--max-semi-space-size=16"],
    serialization: "advanced",
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let words = "";
  let isTooLarge = false;
  const listen = (part: Buffer) => {
    words = (words + part.toString()).slice(-10_000);
    for (const line of part.toString().split("\n")) if (line.trim() !== "") heard(line);
  };
  child.stdout?.on("data", listen);
  child.stderr?.on("data", listen);
  const gone = new Promise<Death | Unstarted>((resolve) => {
    child.on("error", (error) => resolve({ unstarted: fileProblem(error) }));
    // all that it printed has then been heard
    child.on("close", (code, signal) => resolve({ died: deathWords({ code, signal, words, isTooLarge }) }));
  });
  const kill = () => void child.kill("SIGKILL");
  const told = new Set<string>();
  // a hundred paths and digests, in a message of which there are hundreds
  const untold = (task: Task): Task => ({
    ...task,
    code: task.code.map(({ parts, ...code }) => {
      if (parts === undefined || told.has(code.hash)) return code;
      told.add(code.hash);
      return { ...code, parts };
    }),
  });
  return {
    kill,
    // a process that is gone is told by its end
    prepare: (preparation) => void child.send(preparation, () => undefined),
    ask: async (task) => {
      const watch = setInterval(() => {
        if ((residentMebibytes(child) ?? 0) <= WORKER_MEMORY_MIB) return;
        isTooLarge = true;
        kill();
      }, MEMORY_PAUSE_MILLISECONDS);
      const guard = guarded(child);
      try {
        return await Promise.race([answered(child, untold(task)), gone]);
      } finally {
        clearInterval(watch);
        guard.release();
      }
    },
  };
}

function answered(child: ChildProcess, task: Task): Promise<Answer> {
  return new Promise((resolve) => {
    child.once("message", (answer) => resolve(answer as Answer));
    // a process that is gone is told by its end
    child.send(task, () => undefined);
  });
}

interface End {
  readonly code: number | null;
  readonly signal: string | null;
  readonly words: string;
  readonly isTooLarge: boolean;
}

/** Without numbers that depend on the moment: the reason enters evidence. */
function deathWords({ code, signal, words, isTooLarge }: End): string {
  if (isTooLarge) return `worker ran out of memory, all of it is limited to ${WORKER_MEMORY_MIB} MiB`;
  if (/JavaScript heap out of memory|Reached heap limit/.test(words)) {
    return `worker ran out of memory, its heap is limited to ${WORKER_HEAP_MIB} MiB`;
  }
  return signal === null ? `worker died with exit code ${code}` : `worker died by ${signal}`;
}

/** Undefined where the system does not tell. */
function residentMebibytes({ pid }: ChildProcess): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)![1]) / 1024;
  } catch {
    return undefined;
  }
}

/** While held the child does not outlive this process. */
function guarded({ pid }: ChildProcess): { readonly release: () => void } {
  let guard: ReturnType<typeof startGuard> | undefined;
  const start = setTimeout(() => {
    guard = startGuard(String(pid));
  }, GUARD_AFTER_MILLISECONDS);
  return {
    release: () => {
      clearTimeout(start);
      guard?.release();
    },
  };
}
