import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { packageRoot } from "../roots.ts";

/** What makes the observations of a new project's experiment: a module, or a program in Python. */
export type ExperimentKind = "script" | "python";

/** Folders of `templates/`: what each project has, and what its experiment is. */
type TemplateName = "common" | ExperimentKind;

/** What stands in for the words in capitals of a template. */
export interface Filling {
  readonly paper: string;
  readonly title: string;
  /** Ending of modules: `.js`, `.mjs`, `.ts` or `.mts`. */
  readonly ending: string;
}

/**
 * The files of a template, by path below the project. Templates are modules in TypeScript without a type, so that the same text
 * is JavaScript: only endings differ.
 */
export function templateFiles(name: TemplateName, filling: Filling): ReadonlyMap<string, string> {
  const folder = join(packageRoot(), "templates", name);
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    paths.map((path) => {
      const place = relative(folder, path).split(sep).join("/");
      return [filled(place, filling), filled(readFileSync(path, "utf8"), filling)];
    }),
  );
}

function filled(text: string, { paper, title, ending }: Filling): string {
  return text
    .replaceAll("PAPER", paper)
    .replaceAll("TITLE", title)
    .replace(/\.ts(?="|$)/gm, ending);
}
