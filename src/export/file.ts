import { randomBytes } from "node:crypto";
import { open, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileProblem } from "../run/files/atomic-file.ts";
import { ExportError } from "./table.ts";

/**
 * Writes pieces into a file that is there whole or not at all (a pipe or a device is written to as it is). Gives the bytes
 * written. Throws `ExportError` when it cannot be written; what the pieces throw is passed on.
 */
export async function writeExport(path: string, pieces: AsyncIterable<string | Uint8Array>): Promise<number> {
  const there = await stat(path).catch(() => undefined);
  if (there?.isDirectory()) throw new ExportError(`export file ${path} cannot be written: it is a directory`);
  const special = there !== undefined && !there.isFile();
  const name = `.${basename(path)}.${process.pid}.${randomBytes(6).toString("hex")}.tmp`;
  const target = special ? path : join(dirname(path), name);
  try {
    const written = await writePieces(target, { path, pieces, flags: special ? "w" : "wx" });
    if (!special) await told(path, rename(target, path));
    return written;
  } catch (error) {
    if (!special) await rm(target, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function writePieces(
  target: string,
  {
    path,
    pieces,
    flags,
  }: {
    readonly path: string;
    readonly pieces: AsyncIterable<string | Uint8Array>;
    readonly flags: string;
  },
): Promise<number> {
  const file = await told(path, open(target, flags));
  let written = 0;
  try {
    for await (const piece of pieces) {
      const bytes = typeof piece === "string" ? Buffer.from(piece) : piece;
      await told(path, file.writeFile(bytes));
      written += bytes.byteLength;
    }
    if (flags === "wx") await told(path, file.sync());
  } finally {
    await file.close();
  }
  return written;
}

async function told<T>(path: string, work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw new ExportError(`export file ${path} cannot be written: ${fileProblem(error)}`, { cause: error });
  });
}
