import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { JournalError } from "../files/journal-error.ts";
import { takeLock } from "../files/lock.ts";

/** The GPU of this machine, which one process of plateau has at a time. */
export interface GpuLease {
  /** Does the work while this process has the GPU, and waits for it before. Throws the signal's reason once aborted. */
  readonly held: <T>(work: () => Promise<T>) => Promise<T>;
  readonly release: () => void;
}

interface LeaseParts {
  readonly signal: AbortSignal;
  readonly beforeRelease: () => void;
  /** Folder of the lock; the same for all processes that share the GPU. */
  readonly folder?: string;
}

const PAUSE_MILLISECONDS = 200;
/** How long the GPU is kept for the next chunk of the same process: shorter than starting a program. */
const LINGER_MILLISECONDS = 1000;

/**
 * A lock in the system's folder for temporary files, of this user: a process that was killed loses it. It is kept between chunks
 * that follow each other closely, so that a program that has loaded its libraries serves many.
 */
export function gpuLease({ signal, beforeRelease, folder = leaseFolder() }: LeaseParts): GpuLease {
  let unlock: (() => void) | undefined;
  let using = 0;
  let lingering: NodeJS.Timeout | undefined;
  let taking: Promise<void> | undefined;
  const release = () => {
    clearTimeout(lingering);
    if (unlock === undefined) return;
    beforeRelease();
    unlock();
    unlock = undefined;
  };
  const take = async () => {
    while (unlock === undefined) {
      signal.throwIfAborted();
      unlock = lockOrNothing(folder);
      if (unlock === undefined) await pause(PAUSE_MILLISECONDS);
    }
  };
  return {
    held: async (work) => {
      using++;
      clearTimeout(lingering);
      try {
        taking ??= take();
        await taking.finally(() => {
          taking = undefined;
        });
        return await work();
      } finally {
        using--;
        if (using === 0) lingering = setTimeout(release, LINGER_MILLISECONDS).unref();
      }
    },
    release,
  };
}

function lockOrNothing(folder: string): (() => void) | undefined {
  mkdirSync(folder, { recursive: true });
  try {
    return takeLock(folder);
  } catch (error) {
    if (error instanceof JournalError) return undefined;
    throw error;
  }
}

function leaseFolder(): string {
  const user = createHash("sha256").update(userInfo().username).digest("hex").slice(0, 8);
  return join(tmpdir(), `plateau-gpu-${user}`);
}
