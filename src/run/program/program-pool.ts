import type { Program } from "../../claim/origin/origin.ts";
import { folderOf } from "../../claim/origin/project-folder.ts";
import type { ReplicateRange } from "../files/store.ts";
import type { Broken } from "../sample/task.ts";
import { answerRequest, type ProgramSeries } from "./answer-request.ts";
import { type GpuLease, gpuLease } from "./gpu-lease.ts";
import { type ProgramProcess, startProgram } from "./program-process.ts";

export interface ProgramPool {
  /**
   * Computes one chunk. A program that dies, hangs or answers wrongly gives what it computed before that and why it is no more;
   * it is ended, and the next chunk gets a new one. Throws the signal's reason once aborted.
   */
  readonly compute: (
    series: ProgramSeries,
    range: ReplicateRange,
    limitSeconds: number,
  ) => Promise<Float64Array | Broken>;
  readonly close: () => void;
}

interface PoolParts {
  readonly signal: AbortSignal;
  /** Told what programs print that is no answer. */
  readonly heard: (line: string) => void;
  /** Told what a program wrote to standard error before it failed. */
  readonly failed: (experiment: string, errors: string) => void;
}

/**
 * Processes of programs, started with the chunk that needs them and kept for the next ones. As many at once as chunks are
 * given; of programs that take the GPU one at a time, on the whole machine.
 */
export function openProgramPool({ signal, heard, failed }: PoolParts): ProgramPool {
  const idle = new Map<string, ProgramProcess[]>();
  const running = new Set<ProgramProcess>();
  const end = () => {
    for (const program of running) program.kill();
    running.clear();
    idle.clear();
    gpu.release();
  };
  const gpu: GpuLease = gpuLease({
    signal,
    // what has the GPU's memory goes before the lease does
    beforeRelease: () => {
      for (const [key, programs] of idle)
        if (key.startsWith(GPU)) for (const program of programs.splice(0)) discard(program);
    },
  });
  const discard = (program: ProgramProcess) => {
    running.delete(program);
    program.kill();
  };
  signal.addEventListener("abort", end);

  const taken = (key: string, program: Program, folder: string) => {
    const process = idle.get(key)?.pop() ?? startProgram(program, folder);
    running.add(process);
    return process;
  };

  const compute = async (series: ProgramSeries, range: ReplicateRange, limitSeconds: number) => {
    const program = programOf(series);
    const folder = folderOf(series.experiment.module);
    const key = `${program.takes === "gpu" ? GPU : ""}${JSON.stringify([program.argv, program.environment, folder])}`;
    const process = taken(key, program, folder);
    const result = await answerRequest(process, { series, program, range, limitSeconds, heard });
    signal.throwIfAborted();
    if (result instanceof Float64Array) idle.set(key, [...(idle.get(key) ?? []), process]);
    else {
      discard(process);
      if (result.state !== "skipped") failed(series.experiment.name, process.errors());
    }
    return result;
  };

  return {
    compute: async (series, range, limitSeconds) => {
      signal.throwIfAborted();
      const work = () => compute(series, range, limitSeconds);
      return programOf(series).takes === "gpu" ? gpu.held(work) : work();
    },
    close: () => {
      signal.removeEventListener("abort", end);
      end();
    },
  };
}

const GPU = "gpu ";

function programOf({ experiment: { origin } }: ProgramSeries): Program {
  if (origin?.by !== "program") throw new TypeError("a program is required");
  return origin;
}
