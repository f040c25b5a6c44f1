import { randomBytes } from "node:crypto";
import { readFileSync, readlinkSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { JournalError } from "./journal-error.ts";

interface Owner {
  readonly pid: number;
  readonly host: string;
  /** Boot and process namespace that the number belongs to: two containers of one name have a process 1 each. */
  readonly space?: string | null;
  /** When that process began, as the kernel counts it: a number that is used again belongs to another process. */
  readonly began: string | null;
}

/** How long a process that was killed may take to be gone: a resume right after a kill must not be refused. */
const LAST_MOMENTS_MILLISECONDS = 2000;
const PAUSE_MILLISECONDS = 100;

/**
 * Takes the lock of a run's folder and gives the function that releases it. The lock of a process that is dead is taken
 * over; that of a living one, after a wait of two seconds for its end, or of another machine throws `JournalError`.
 */
export async function lockFolder(folder: string): Promise<() => void> {
  for (let waited = 0; waited < LAST_MOMENTS_MILLISECONDS; waited += PAUSE_MILLISECONDS) {
    if (!isHeldHere(folder)) break;
    await setTimeout(PAUSE_MILLISECONDS);
  }
  return takeLock(folder);
}

function isHeldHere(folder: string): boolean {
  const owner = ownerIn(contentOf(join(folder, "lock")) ?? "");
  return owner !== undefined && isFromHere(owner) && owner.pid !== process.pid && isAlive(owner);
}

function takeLock(folder: string): () => void {
  const path = join(folder, "lock");
  const { pid } = process;
  const owner: Owner = { pid, host: hostname(), space: processSpace(), began: beginning(pid) };
  const mine = JSON.stringify(owner);
  for (let attempt = 0; attempt < 10; attempt++) {
    if (created(path, mine)) return () => rmSync(path, { force: true });
    const text = contentOf(path);
    if (text === undefined) continue;
    refuseLiving(path, text);
    setAside(path, text);
  }
  throw new JournalError(`${folder} cannot be locked: other processes keep taking ${path}`);
}

function created(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function refuseLiving(path: string, text: string): void {
  const owner = ownerIn(text);
  if (owner === undefined) return;
  if (!isFromHere(owner)) {
    const place = owner.host === hostname() ? `another container or boot of ${owner.host}` : owner.host;
    throw new JournalError(
      `${path} is held by process ${owner.pid} on ${place}: wait for it, or delete the file when that run is dead`,
    );
  }
  if (isAlive(owner)) throw new JournalError(`${path} is held by process ${owner.pid}, which is still running`);
}

/** Renamed first: of two that find the same dead lock one wins, and a lock that meanwhile became alive is put back. */
function setAside(path: string, dead: string): void {
  const aside = `${path}.${randomBytes(6).toString("hex")}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const text = contentOf(aside);
  if (text !== undefined && text !== dead) created(path, text);
  rmSync(aside, { force: true });
}

/** Undefined for a file that its writer did not finish. */
function ownerIn(text: string): Owner | undefined {
  try {
    return JSON.parse(text) as Owner;
  } catch {
    return undefined;
  }
}

/** Whether the owner's number means a process that can be seen from here; a lock of an older release names no space. */
function isFromHere({ host, space = processSpace() }: Owner): boolean {
  return host === hostname() && space === processSpace();
}

/** Null where the system tells neither. */
function processSpace(): string | null {
  const boot = contentOf("/proc/sys/kernel/random/boot_id")?.trim();
  try {
    return `${boot ?? ""} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return boot ?? null;
  }
}

function isAlive({ pid, began }: Owner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  const [state, now] = statusOf(pid);
  // A zombie has ended and only waits for its parent to notice.
  if (state === "Z" || state === "X") return false;
  return began === null || now === null || began === now;
}

function beginning(pid: number): string | null {
  return statusOf(pid)[1];
}

/** Fields 3 (state) and 22 (beginning, in clock ticks since boot) of /proc/PID/stat; nulls where there is no /proc. */
function statusOf(pid: number): readonly [state: string | null, began: string | null] {
  const stat = contentOf(`/proc/${pid}/stat`);
  // Field 2, the name, is in parentheses and may hold anything.
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
  return [fields?.[0] ?? null, fields?.[19] ?? null];
}
