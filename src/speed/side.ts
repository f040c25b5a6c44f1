import { fileURLToPath } from "node:url";
import { execaNode } from "execa";
import { UnsupportedError } from "../lab/contract/engine.ts";
import { type CasePlace, SpeedError } from "./find-cases.ts";
import type { Stretch, Timing } from "./timing.ts";

/** What a side's process is asked. */
export type Question =
  | { readonly ask: "batch"; readonly place: CasePlace; readonly milliseconds: number }
  | { readonly ask: "time"; readonly place: CasePlace; readonly stretch: Stretch };

/** Its answer: calls of a batch, a timing, or what went wrong. */
export type Answer =
  | { readonly batch: number }
  | { readonly timing: Timing }
  | { readonly error: string; readonly unsupported?: string };

/** A process that holds one commit's benchmarks and times what it is told to, one stretch at a time. */
export interface Side {
  /** Throws `UnsupportedError` where the benchmark's engine cannot be had. */
  readonly batchFor: (place: CasePlace, milliseconds: number) => Promise<number>;
  readonly time: (place: CasePlace, stretch: Stretch) => Promise<Timing>;
  readonly close: () => Promise<void>;
}

/** Starts a process for the benchmarks below `root`. Its output is discarded; it ends with this one. */
export function openSide(root: string, signal: AbortSignal): Side {
  const child = fileURLToPath(new URL("./side-process.js", import.meta.url));
  const process = execaNode(child, [root], {
    ...{ ipc: true, reject: false, stdout: "ignore", stderr: "ignore", buffer: false, cancelSignal: signal },
    // an inspector or a loader of this process would slow the other down
    env: { NODE_OPTIONS: "" },
  });
  const ask = async (question: Question): Promise<Answer> => {
    const [answer] = await Promise.all([process.getOneMessage(), process.sendMessage(question)]).catch(
      (error: unknown): never => {
        signal.throwIfAborted();
        const { file, name } = question.place;
        throw new SpeedError(`benchmark ${file}: ${name} ended its process`, { cause: error });
      },
    );
    return answer as Answer;
  };
  return {
    batchFor: async (place, milliseconds) => {
      const answer = await ask({ ask: "batch", place, milliseconds });
      if ("batch" in answer) return answer.batch;
      if ("error" in answer && answer.unsupported !== undefined) throw new UnsupportedError(answer.unsupported);
      throw new SpeedError(`benchmark ${place.file}: ${place.name} failed: ${problem(answer)}`);
    },
    time: async (place, stretch) => {
      const answer = await ask({ ask: "time", place, stretch });
      if ("timing" in answer) return answer.timing;
      throw new SpeedError(`benchmark ${place.file}: ${place.name} failed: ${problem(answer)}`);
    },
    close: async () => {
      process.kill();
      await process;
    },
  };
}

function problem(answer: Answer): string {
  return "error" in answer ? answer.error : "an answer to another question";
}
