import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { PROJECT_FILE } from "../claim/origin/project-folder.ts";
import { ProjectError } from "./project-error.ts";
import { isSeed } from "./seed.ts";

const project = z.strictObject({
  /** What its pages are called; the name of the folder where it says none. */
  title: z.string().min(1).optional(),
  /** Master seed of the runs whose evidence is compared byte for byte. */
  seed: z.string().refine(isSeed, "a whole number below 2^64, as text"),
  /** Why this one: nobody should have to wonder whether it was picked for its outcome. */
  because: z.string().min(1),
  /** Folder below this one in which the compiled `suites/` lie, of a project in TypeScript for a Node that does not load it. */
  compiled: z.string().min(1).optional(),
  /** A change of one text in one file that some claim has to refute: `plateau ci mutant` plants it to see the gate go red. */
  fault: z
    .strictObject({
      file: z.string().min(1),
      from: z.string().min(1),
      to: z.string(),
      because: z.string().min(1),
    })
    .optional(),
  /** Faults that `plateau ci mutants` plants one at a time, each of which names the claim or the tests that it has to turn red. */
  mutants: z
    .strictObject({
      /** Folder of their files, src/gate/mutants/mutant.ts. */
      folder: z.string().min(1),
      /** The program that runs a file of tests, without the file. */
      test: z.array(z.string()).min(1),
      /** What has to be built again when a file below one of the folders changes; `for` claims where tests do without. */
      builds: z.array(
        z.strictObject({
          under: z.array(z.string()).min(1),
          for: z.literal("claims").optional(),
          run: z.array(z.string()).min(1),
        }),
      ),
    })
    .optional(),
});

export type Project = z.infer<typeof project>;

/** What holds without a plateau.json. */
const DEFAULT: Project = { seed: "1", because: "the first seed: nobody picked it" };

/** What a project says of itself in its folder. Throws `ProjectError` for a file that is no plateau.json. */
export function readProject(folder: string): Project {
  const path = join(folder, PROJECT_FILE);
  const text = textOf(path);
  if (text === undefined) return DEFAULT;
  const parsed = project.safeParse(jsonOf(text, path));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ProjectError(`${path} is invalid at ${issue?.path.join(".") || "its top"}: ${issue?.message}`);
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    throw new ProjectError(`${path} cannot be read: ${message}`, { cause: error });
  }
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ProjectError(`${path} requires JSON: ${(error as Error).message}`, { cause: error });
  }
}
