import { createHash } from "node:crypto";
import { userInfo } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { tryTakeMutex } from "./machine-mutex.ts";

/** The GPU of this machine, which one process of plateau has at a time. */
export interface GpuLease {
  /** Does the work while this process has the GPU, and waits for it before. Throws the signal's reason once aborted. */
  readonly held: <T>(work: () => Promise<T>) => Promise<T>;
  readonly release: () => void;
}

interface LeaseParts {
  readonly signal: AbortSignal;
  readonly beforeRelease: () => void;
  /** What the lease is called; the same for all processes that share the GPU. */
  readonly name?: string;
}

const PAUSE_MILLISECONDS = 200;
/** How long the GPU is kept for the next chunk of the same process: shorter than starting a program. */
const LINGER_MILLISECONDS = 1000;

/**
 * The lease of the GPU, one a user. It is kept between chunks that follow each other closely, so that a program that has loaded its
 * libraries serves many; a process that was killed has it no longer.
 */
export function gpuLease({ signal, beforeRelease, name = usualName() }: LeaseParts): GpuLease {
  let letGo: (() => void) | undefined;
  let using = 0;
  let lingering: NodeJS.Timeout | undefined;
  let taking: Promise<void> | undefined;
  const release = () => {
    clearTimeout(lingering);
    if (letGo === undefined) return;
    beforeRelease();
    letGo();
    letGo = undefined;
  };
  const take = async () => {
    while (letGo === undefined) {
      signal.throwIfAborted();
      letGo = await tryTakeMutex(name);
      if (letGo === undefined) await pause(PAUSE_MILLISECONDS);
    }
  };
  return {
    held: async (work) => {
      using++;
      clearTimeout(lingering);
      try {
        taking ??= take().finally(() => {
          taking = undefined;
        });
        await taking;
        return await work();
      } finally {
        using--;
        if (using === 0) lingering = setTimeout(release, LINGER_MILLISECONDS).unref();
      }
    },
    release,
  };
}

function usualName(): string {
  // A container's user may have a number and no name.
  const user = createHash("sha256").update(String(process.getuid?.() ?? userInfo().username));
  return `plateau-gpu-${user.digest("hex").slice(0, 8)}`;
}
