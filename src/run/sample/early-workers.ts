import type { Preparation } from "./task.ts";
import { startWorker, type WorkerProcess } from "./worker-process.ts";

/** Workers that start while suites are imported and plans are made, so that the first tasks find them ready. */
export interface EarlyWorkers {
  /** Hands them over, once; `heard` is told what they have printed and will print. */
  readonly take: (heard: (line: string) => void) => readonly WorkerProcess[];
  /** Ends those that nobody has taken. */
  readonly end: () => void;
}

/** Starts that many workers, with the engine that the run is going to ask for, as far as that is known. Cost: see `startWorker`. */
export function startEarly(count: number, prepare: Preparation["prepare"]): EarlyWorkers {
  const lines: string[] = [];
  let hear = (line: string): void => void lines.push(line);
  const workers = Array.from({ length: count }, () => startWorker((line) => hear(line)));
  for (const worker of workers) worker.prepare({ prepare });
  return {
    take: (heard) => {
      for (const line of lines.splice(0)) heard(line);
      hear = heard;
      return workers.splice(0);
    },
    end: () => {
      for (const worker of workers.splice(0)) worker.kill();
    },
  };
}
