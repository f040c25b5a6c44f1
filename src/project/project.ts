import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { ProjectError } from "./project-error.ts";
import { isSeed } from "./seed.ts";

/** In the folder of a project: what belongs to it and not to plateau. */
export const PROJECT_FILE = "plateau.json";

const project = z.strictObject({
  /** Master seed of the runs whose evidence is compared byte for byte. */
  seed: z.string().refine(isSeed, "a whole number below 2^64, as text"),
  /** Why this one: nobody should have to wonder whether it was picked for its outcome. */
  because: z.string().min(1),
  /** A change of one text in one file that some claim has to refute: `plateau ci mutant` plants it to see the gate go red. */
  fault: z
    .strictObject({
      file: z.string().min(1),
      from: z.string().min(1),
      to: z.string(),
      because: z.string().min(1),
    })
    .optional(),
});

export type Project = z.infer<typeof project>;

/** What holds without a plateau.json. */
const DEFAULT: Project = { seed: "1", because: "the first seed: nobody picked it" };

/** What a project says of itself in its folder. Throws `ProjectError` for a file that is no plateau.json. */
export async function readProject(folder: string): Promise<Project> {
  const path = join(folder, PROJECT_FILE);
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw new ProjectError(`${path} cannot be read: ${error.message}`, { cause: error });
  });
  if (text === undefined) return DEFAULT;
  const parsed = project.safeParse(jsonOf(text, path));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ProjectError(`${path} is invalid at ${issue?.path.join(".") || "its top"}: ${issue?.message}`);
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ProjectError(`${path} requires JSON: ${(error as Error).message}`, { cause: error });
  }
}
