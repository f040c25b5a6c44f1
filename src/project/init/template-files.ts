import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { packageRoot } from "../roots.ts";

/** What makes the observations of a new project's experiment: a module, a program in Python, or somebody before. */
export type ExperimentKind = "script" | "python" | "recorded";

/** Folders of `templates/` of which such a project is put together. */
const FOLDERS: { readonly [kind in ExperimentKind]: readonly string[] } = {
  script: ["common", "module", "script"],
  python: ["common", "module", "python"],
  recorded: ["common", "recorded"],
};

/** What stands in for the words in capitals of a template. */
export interface Filling {
  readonly paper: string;
  readonly title: string;
  /** Ending of modules: `.js`, `.mjs`, `.ts` or `.mts`. */
  readonly ending: string;
}

/**
 * The files of a new project, by path below it. Templates are modules in TypeScript without a type, so that the same text
 * is JavaScript: only endings differ.
 */
export function templateFiles(kind: ExperimentKind, filling: Filling): ReadonlyMap<string, string> {
  return new Map(FOLDERS[kind].flatMap((name) => [...filesIn(name, filling)]));
}

function filesIn(name: string, filling: Filling): ReadonlyMap<string, string> {
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
