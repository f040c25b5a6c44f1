import { constants, open } from "node:fs/promises";
import { fileProblem } from "./atomic-file.ts";

/** A path that is there and holds no bytes to read: a pipe, a device, a socket, a folder. */
export class NotRegularError extends Error {
  override readonly name = "NotRegularError";
}

/**
 * The bytes of a regular file; anything else is refused at once, where plain reading would wait for a pipe's writer and
 * could not be interrupted. Throws the file system's error, `NotRegularError`, or for more than `most` bytes `RangeError`.
 */
export async function readRegular(path: string, most = Number.POSITIVE_INFINITY): Promise<Buffer> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const found = await file.stat();
    if (found.isDirectory()) throw new NotRegularError(fileProblem({ code: "EISDIR" }));
    if (!found.isFile()) throw new NotRegularError("it is a pipe or a device, needed a regular file");
    if (found.size > most) throw new RangeError(`it has ${found.size} bytes, needed at most ${most}`);
    return await file.readFile();
  } finally {
    await file.close();
  }
}
