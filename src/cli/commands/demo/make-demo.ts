import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { WITHOUT_GIT } from "../../../project/git.ts";
import { initProject } from "../../../project/init/init-project.ts";
import { ProjectError } from "../../../project/project-error.ts";
import { packageRoot } from "../../../project/roots.ts";
import { DEMO_PAPER, ESTIMATE, TEXT, TEXT_AT_FIRST } from "./steps.ts";

/** Begins the demo's project as `plateau init` would, with this very plateau by link, and commits it. Needs git. */
export async function makeDemo(folder: string): Promise<void> {
  initProject(
    folder,
    {
      ...{ name: DEMO_PAPER, title: "A demonstration", authors: [], year: 1984, url: undefined },
      ...{ language: "javascript", experiment: "script" },
    },
    "*",
  );
  mkdirSync(join(folder, "node_modules"));
  // a junction is what Windows lets anybody make
  symlinkSync(packageRoot(), join(folder, "node_modules/plateau"), "junction");
  writeFileSync(join(folder, TEXT), TEXT_AT_FIRST);
  await git(folder, ["init", "--quiet"]);
  await commitAll(folder, "A claim");
}

/** Lets the text quote the estimate, in per cent to a tenth, and commits it with the baselines. */
export async function quoteEstimate(folder: string, estimate: number): Promise<void> {
  const path = join(folder, TEXT);
  writeFileSync(path, readFileSync(path, "utf8").replace(ESTIMATE, `${(100 * estimate).toFixed(1)} %`));
  await commitAll(folder, "Evidence, and a text that quotes it");
}

/** Takes back whatever was changed since the last commit. */
export async function takeBack(folder: string): Promise<void> {
  await git(folder, ["checkout", "--quiet", "--", "."]);
}

async function commitAll(folder: string, subject: string): Promise<void> {
  await git(folder, ["add", "--all"]);
  await git(folder, ["commit", "--quiet", "--no-verify", "--message", subject]);
}

async function git(folder: string, words: readonly string[]): Promise<void> {
  const identity = [
    "user.name=Demo",
    "user.email=demo@example.org",
    "commit.gpgsign=false",
    "core.hooksPath=/dev/null",
  ];
  const settings = identity.flatMap((one) => ["-c", one]);
  const { failed, code, stderr } = await execa("git", ["-C", folder, ...settings, ...words], {
    ...{ reject: false, stdin: "ignore", env: WITHOUT_GIT },
  });
  if (!failed) return;
  const reason = code === "ENOENT" ? "git is not installed here" : String(stderr).trim();
  throw new ProjectError(`demo needs git ${words[0]} in ${folder}: ${reason}`);
}
