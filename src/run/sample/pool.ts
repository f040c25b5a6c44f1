import { Piscina } from "piscina";
import { JournalError } from "../files/journal-error.ts";
import type { CodeChange, Failure, Refusal, Task } from "./task.ts";

type Answer = ArrayBuffer | CodeChange | Refusal;

export interface Pool {
  /**
   * Computes one chunk. A worker that throws, dies or hangs gives a `Failure`; it is replaced and the rest goes on.
   * Throws `JournalError` when the code on disk is not the one that was planned, and the signal's reason once aborted.
   */
  readonly compute: (task: Task, limitSeconds: number) => Promise<Float64Array | Failure>;
  readonly close: () => Promise<void>;
}

/** Heap of one worker's JavaScript; its typed arrays lie outside and are small by the size of a chunk. */
const WORKER_HEAP_MIB = 192;

/**
 * Worker threads. A task starts when it is given, so that its time limit counts no waiting in a queue: the caller gives at
 * most `workers` at once. Once `signal` is aborted nothing is computed any more and `compute` rejects.
 */
export function openPool({ workers, signal }: { readonly workers: number; readonly signal?: AbortSignal }): Pool {
  const pool = new Piscina<Task, Answer>({
    filename: new URL("./worker.js", import.meta.url).href,
    // Threads start with the task that needs them: Node 20 aborts when a worker is ended while it still loads its modules, as
    // all would be where everything is found in the store. Between two tasks they are kept.
    minThreads: 0,
    maxThreads: workers,
    idleTimeout: 60_000,
    resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MIB, maxYoungGenerationSizeMb: 32 },
  });
  // A worker that dies between two tasks is replaced by the pool; without a listener the event would end the process.
  pool.on("error", () => undefined);
  return {
    compute: (task, limitSeconds) => compute(pool, { task, limitSeconds, signal }),
    close: () => pool.destroy(),
  };
}

interface Call {
  readonly task: Task;
  readonly limitSeconds: number;
  readonly signal: AbortSignal | undefined;
}

async function compute(
  pool: Piscina<Task, Answer>,
  { task, limitSeconds, signal }: Call,
): Promise<Float64Array | Failure> {
  const limit = new AbortController();
  // setTimeout fires at once for anything longer than 2^31 - 1 ms.
  const timer = setTimeout(() => limit.abort(), Math.min(limitSeconds * 1000, 2 ** 31 - 1));
  try {
    const either = signal ? AbortSignal.any([limit.signal, signal]) : limit.signal;
    const answer = await pool.run(task, { signal: either });
    if ("changed" in answer)
      throw new JournalError(`${answer.changed} or what it imports changed while the run went on`);
    if ("unsupported" in answer) return { state: "skipped", reason: `unsupported: ${answer.unsupported}` };
    return new Float64Array(answer);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof JournalError) throw error;
    if (limit.signal.aborted) {
      return { state: "timed-out", reason: `no answer within ${limitSeconds} s` };
    }
    return { state: "crashed", reason: reasonOf(error) };
  } finally {
    clearTimeout(timer);
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return `experiment threw ${String(error)}`;
  if ((error as NodeJS.ErrnoException).code === "ERR_WORKER_OUT_OF_MEMORY") {
    return `worker ran out of memory, its heap is limited to ${WORKER_HEAP_MIB} MiB`;
  }
  const exit = /^worker exited with code: (-?\d+)$/.exec(error.message);
  if (exit) return `worker died with exit code ${exit[1]}`;
  return error.name === "Error" || error.name === "ObservationError"
    ? error.message
    : `${error.name}: ${error.message}`;
}
