import { once } from "node:events";
import { unlinkSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Takes a name that one process of this machine (of its network namespace, in a container) can have at a time: a socket on which
 * nobody ever talks, which the system frees with the process, however that ends. Gives the function that lets go of it, or undefined
 * where another process, or this one, has it.
 */
export async function tryTakeMutex(name: string): Promise<(() => void) | undefined> {
  const path = pathOf(name);
  const server = createServer((socket) => socket.destroy());
  try {
    await once(server.listen(path), "listening");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    await forgetDead(path);
    return undefined;
  }
  server.unref();
  return () => void server.close();
}

/** Linux has names that are no files, Windows its pipes; elsewhere a file, which outlives its process. */
function pathOf(name: string): string {
  if (process.platform === "linux") return `\0${name}`;
  return process.platform === "win32" ? `\\\\.\\pipe\\${name}` : join(tmpdir(), name);
}

/** Removes the file of a process that is gone, for the next try. */
async function forgetDead(path: string): Promise<void> {
  if (process.platform === "linux" || process.platform === "win32") return;
  const socket = connect(path);
  try {
    await once(socket, "connect");
  } catch {
    unlinkSync(path);
  } finally {
    socket.destroy();
  }
}
