import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { z } from "zod";
import { type Found, findBindings } from "./find-bindings.ts";
import { SYNTAXES } from "./syntax.ts";

/** A text that cannot be read as a manuscript: what was found, where, what was needed. */
export class ManuscriptError extends Error {
  override readonly name = "ManuscriptError";
}

const notebook = z.object({
  cells: z.array(z.object({ cell_type: z.string(), source: z.union([z.string(), z.array(z.string())]) })),
});

/** The bindings of a file, whose kind its ending says. `shown` is its name for people. Throws `ManuscriptError`. */
export async function readManuscript(path: string, shown: string): Promise<Found> {
  const syntax = SYNTAXES[extname(path).toLowerCase()];
  if (syntax === undefined) {
    throw new ManuscriptError(`${shown} needs one of the endings ${Object.keys(SYNTAXES).join(" ")}`);
  }
  const text = await textOf(path, shown);
  if (!path.toLowerCase().endsWith(".ipynb")) return findBindings(text, syntax, (line) => `${shown}:${line}`);
  const found = notebookOf(text, shown).cells.flatMap(({ cell_type, source }, index) => {
    if (cell_type !== "markdown") return [];
    const words = typeof source === "string" ? source : source.join("");
    return [findBindings(words, syntax, (line) => `${shown}:cell ${index + 1}:${line}`)];
  });
  return {
    bindings: found.flatMap(({ bindings }) => bindings),
    findings: found.flatMap(({ findings }) => findings),
  };
}

async function textOf(path: string, shown: string): Promise<string> {
  const bytes = await readFile(path).catch((error: Error) => {
    throw new ManuscriptError(`${shown} cannot be read: ${error.message}`, { cause: error });
  });
  return bytes.toString("utf8").replaceAll("\r\n", "\n");
}

function notebookOf(text: string, shown: string): z.infer<typeof notebook> {
  try {
    return notebook.parse(JSON.parse(text));
  } catch (error) {
    throw new ManuscriptError(`${shown} needs to be a notebook of format 4: ${String(error).split("\n")[0]}`, {
      cause: error,
    });
  }
}
