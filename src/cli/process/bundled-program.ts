import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { crc32 } from "node:zlib";

const BUNDLE = fileURLToPath(new URL("../../../bundle", import.meta.url));

/** The modules that a bundle was made of, by their paths from it. */
interface Inputs {
  readonly lengths: Readonly<Record<string, number>>;
  /** CRC-32 of all their bytes, one module after the other. */
  readonly checksum: number;
}

/**
 * URL of the program that scripts/bundle-programs.mjs made of `program.ts` and what it imports, which loads in a third of the time; undefined
 * where there is none, or where a module has other bytes than it was made of, so that it never stands for code that is no more. Times tell
 * nothing of that: package managers write files in any order and at any time. Cost: 8 ms of processor time, of which looking at lengths alone would save 4.
 */
export function bundledProgram(folder = BUNDLE): string | undefined {
  const program = join(folder, "program.js");
  try {
    const inputs = JSON.parse(readFileSync(join(folder, "inputs.json"), "utf8")) as Inputs;
    return checksumOf(folder, inputs.lengths) === inputs.checksum ? pathToFileURL(program).href : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined where a file has another length. Throws where there is none. */
function checksumOf(folder: string, lengths: Inputs["lengths"]): number | undefined {
  const paths = Object.keys(lengths);
  // one byte more than the longest, of which there is none
  const bytes = Buffer.allocUnsafe(1 + Math.max(...Object.values(lengths)));
  let sum = 0;
  for (const path of paths) {
    const length = lengths[path]!;
    const file = openSync(`${folder}/${path}`, "r");
    const read = readSync(file, bytes, 0, length + 1, 0);
    closeSync(file);
    if (read !== length) return undefined;
    sum = crc32(bytes.subarray(0, length), sum);
  }
  return sum;
}
