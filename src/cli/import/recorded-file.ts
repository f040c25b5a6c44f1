import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, extname } from "node:path";
import { parquetReadObjects } from "hyparquet";
import { UsageError } from "../errors.ts";

/** The file as the project keeps it. Throws `UsageError` for what cannot be read. */
export async function recordedText(path: string): Promise<{ readonly name: string; readonly text: string }> {
  if (!existsSync(path)) throw new UsageError(`${path} is not there`);
  const bytes = readFileSync(path);
  const name = basename(path);
  if (extname(path) !== ".parquet") return { name, text: bytes.toString("utf8") };
  try {
    const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    const rows = await parquetReadObjects({ file: buffer });
    // 64-bit whole numbers are bigints there
    const plain = (_key: string, value: unknown) => (typeof value === "bigint" ? Number(value) : value);
    return { name: name.replace(/\.parquet$/, ".json"), text: `${JSON.stringify(rows, plain, 1)}\n` };
  } catch (error) {
    throw new UsageError(`${path} is no Parquet file that can be read: ${(error as Error).message}`);
  }
}

/** Of the same name only with the same text: what a claim rests on is not written over. */
export function keep(path: string, text: string): void {
  if (existsSync(path)) {
    if (readFileSync(path, "utf8") === text) return;
    throw new UsageError(`${path} is there with other results: give the file another name`);
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
