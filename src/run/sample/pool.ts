import { DatasetError } from "../../claim/named-input.ts";
import { JournalError } from "../files/journal-error.ts";
import type { EarlyWorkers } from "./early-workers.ts";
import type { Failure, Task } from "./task.ts";
import { startWorker, type WorkerProcess } from "./worker-process.ts";

export interface Pool {
  /**
   * Computes one chunk. A worker that throws, dies or hangs gives a `Failure`; it is replaced and the rest goes on.
   * Throws `JournalError` when the code on disk is not the one that was planned, `DatasetError` for data that are missing or not what
   * they were, and the signal's reason once aborted.
   */
  readonly compute: (task: Task, limitSeconds: number) => Promise<Float64Array | Failure>;
  readonly close: () => Promise<void>;
}

/**
 * Worker processes, started with the task that needs them and kept for the next ones. A process that has failed is ended: its
 * engine may be broken, and what an experiment did to it must reach no other. A task starts when it is given, so that its time
 * limit counts no waiting in a queue: the caller gives at most as many at once as there are to be workers. Once `signal` is
 * aborted nothing is computed any more and `compute` rejects. `heard` is told what experiments print. Workers that were started
 * `early` get the first tasks.
 */
export function openPool({
  signal,
  heard = () => undefined,
  early,
}: {
  readonly signal?: AbortSignal;
  readonly heard?: (line: string) => void;
  readonly early?: EarlyWorkers | undefined;
}): Pool {
  const idle: WorkerProcess[] = [...(early?.take(heard) ?? [])];
  const busy = new Set<WorkerProcess>();
  const end = () => {
    for (const worker of [...idle.splice(0), ...busy]) worker.kill();
  };
  signal?.addEventListener("abort", end);
  return {
    compute: async (task, limitSeconds) => {
      signal?.throwIfAborted();
      const worker = idle.pop() ?? startWorker(heard);
      busy.add(worker);
      const { result, isSound } = await timed(worker, task, limitSeconds);
      busy.delete(worker);
      if (isSound && !signal?.aborted) idle.push(worker);
      else worker.kill();
      signal?.throwIfAborted();
      if (result instanceof JournalError || result instanceof DatasetError) throw result;
      return result;
    },
    close: async () => {
      signal?.removeEventListener("abort", end);
      end();
    },
  };
}

interface Computed {
  readonly result: Float64Array | Failure | JournalError | DatasetError;
  /** Whether the process may serve the next task. */
  readonly isSound: boolean;
}

async function timed(worker: WorkerProcess, task: Task, limitSeconds: number): Promise<Computed> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<"late">((resolve) => {
    // setTimeout fires at once for anything longer than 2^31 - 1 ms
    timer = setTimeout(() => resolve("late"), Math.min(limitSeconds * 1000, 2 ** 31 - 1));
  });
  const answer = await Promise.race([worker.ask(task), limit]);
  clearTimeout(timer);
  if (answer === "late") return failed("timed-out", `no answer within ${limitSeconds} s`);
  if ("unstarted" in answer) {
    return { result: new JournalError(`a worker process cannot be started: ${answer.unstarted}`), isSound: false };
  }
  if ("died" in answer) return failed("crashed", answer.died);
  if ("failed" in answer) return failed("crashed", answer.failed);
  if ("changed" in answer) {
    const result = new JournalError(`${answer.changed} or what it imports changed while the run went on`);
    return { result, isSound: false };
  }
  if ("data" in answer) return { result: new DatasetError(answer.data), isSound: false };
  if ("unsupported" in answer) {
    return { result: { state: "skipped", reason: `unsupported: ${answer.unsupported}` }, isSound: true };
  }
  return { result: new Float64Array(answer.values), isSound: !answer.isLast };
}

function failed(state: "crashed" | "timed-out", reason: string): Computed {
  return { result: { state, reason }, isSound: false };
}
