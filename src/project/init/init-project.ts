import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { ProjectError } from "../project-error.ts";
import { mergeFile } from "./merge-file.ts";
import { type ExperimentKind, templateFiles } from "./template-files.ts";

/** What `plateau init` is told of a paper. */
export interface NewPaper {
  /** Of its folder below suites/, and the first part of its claims' ids. */
  readonly name: string;
  readonly title: string;
  readonly authors: readonly string[];
  readonly year: number;
  readonly url: string | undefined;
  readonly language: "typescript" | "javascript";
  readonly experiment: ExperimentKind;
}

/** What was done, by path below the folder. */
export interface Initialised {
  readonly written: readonly string[];
  readonly kept: readonly string[];
}

/**
 * Writes a project with one claim that holds into a folder that may be a repository of long standing: what is there stays.
 * Throws `ProjectError` with the names of all files that are there with another text, and then writes nothing.
 */
export function initProject(folder: string, paper: NewPaper, dependency: string): Initialised {
  const files = [...filesOf(paper, { folder, dependency })].map(([path, wanted]) => ({
    path,
    merge: mergeFile(path, wanted, textOf(join(folder, path))),
  }));
  const refused = files.filter(({ merge }) => merge.does === "refuse").map(({ path }) => path);
  if (refused.length > 0) {
    throw new ProjectError(
      `init would write over ${refused.join(" ")}, found with another text in ${folder}: move them, or name another paper`,
    );
  }
  for (const { path, merge } of files) {
    if (merge.does !== "write") continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), merge.text);
  }
  const those = (does: string) => files.filter(({ merge }) => merge.does === does).map(({ path }) => path);
  return { written: those("write"), kept: those("keep") };
}

function filesOf(paper: NewPaper, place: { readonly folder: string; readonly dependency: string }) {
  const ending = endingFor(paper.language, place.folder);
  const filling = { paper: paper.name, title: paper.title, ending };
  const files = new Map([
    [".gitignore", "/node_modules/\n/results/\n/.plateau/\n"],
    ["package.json", json(manifest(place))],
    ["plateau.json", json(projectFile(paper))],
    [`suites/${paper.name}/papers.json`, json({ [`${paper.name}@v1`]: work(paper) })],
    ...templateFiles(paper.experiment, filling),
  ]);
  if (paper.language === "javascript") files.delete("tsconfig.json");
  return files;
}

/** Modules by their package, or by their ending where the package is of the other kind, as `npm init` writes it. */
function endingFor(language: NewPaper["language"], folder: string): string {
  const text = textOf(join(folder, "package.json"));
  const modules = text === undefined || (JSON.parse(text) as { readonly type?: string }).type === "module";
  const ending = language === "typescript" ? "ts" : "js";
  return modules ? `.${ending}` : `.m${ending}`;
}

function manifest({ folder, dependency }: { readonly folder: string; readonly dependency: string }) {
  const name = basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-");
  return {
    name: name.replace(/^-+|-+$/g, "") || "paper",
    ...{ private: true, type: "module", scripts: { claims: "plateau run" } },
    devDependencies: { plateau: dependency },
  };
}

/** A seed that nobody chose, and no author has to think of. */
function projectFile({ name, title }: NewPaper) {
  const seed = Number.parseInt(createHash("sha256").update(name).digest("hex").slice(0, 8), 16);
  const because = `the first eight digits of the SHA-256 of ${name}, so that anyone sees that it was not picked for its outcome`;
  return { title, seed: String(seed), because };
}

function work({ title, authors, year, url }: NewPaper) {
  return { title, authors, year, ...(url === undefined ? {} : { url }), read: "whole" };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function textOf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}
