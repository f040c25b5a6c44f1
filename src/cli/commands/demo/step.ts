import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import type { Io } from "../../arguments/command.ts";
import type { DemoCommand, DemoStep, Edit } from "./steps.ts";

/** What became of a step: each command as it was run, and how it ended. */
export interface StepAnswer {
  readonly says: string;
  readonly commands: readonly {
    readonly command: string;
    readonly exit: number | undefined;
    readonly wanted: number;
    /** What it printed, the lines that a person is shown. */
    readonly shown: readonly string[];
  }[];
}

export interface Place extends Pick<Io, "env" | "signal"> {
  readonly folder: string;
}

/** Makes a step's edits and runs its commands, by the plateau that runs this. */
export async function takeStep({ says, edits, commands }: DemoStep, place: Place): Promise<StepAnswer> {
  for (const edit of edits) makeEdit(edit, place.folder);
  const answers: StepAnswer["commands"][number][] = [];
  for (const command of commands) answers.push(await runCommand(command, place));
  return { says, commands: answers };
}

/** `plateau …` in the demo's project: its status and all that it printed. */
export async function plateauIn({ folder, env, signal }: Place, words: readonly string[]) {
  const main = fileURLToPath(new URL("../../main.js", import.meta.url));
  // a person's act, also where this runs in a CI: accept is refused there
  const own = { ...env, PLATEAU_ROOT: undefined, CI: undefined, GITHUB_ACTIONS: undefined, NO_COLOR: "1" };
  const { exitCode, stdout, stderr } = await execa(process.execPath, [main, ...words], {
    ...{ cwd: folder, env: own, extendEnv: false, reject: false, stdin: "ignore", cancelSignal: signal },
  });
  return { exit: exitCode, stdout: String(stdout), stderr: String(stderr) };
}

function makeEdit({ file, from, to }: Edit, folder: string): void {
  const path = join(folder, file);
  const text = readFileSync(path, "utf8");
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`the demo's ${file} has no ${from}`);
  writeFileSync(path, changed);
}

async function runCommand({ words, exit: wanted, shows }: DemoCommand, place: Place) {
  const { exit, stdout, stderr } = await plateauIn(place, words);
  const command = ["plateau", ...words.map((word) => (/\s/.test(word) ? `"${word}"` : word))].join(" ");
  const lines = `${stdout}\n${stderr}`.split("\n");
  // of an ending that was not expected, all: somebody has to find out why
  const shown = exit === wanted ? lines.filter((line) => shows.test(line)) : lines;
  return { command, exit, wanted, shown };
}
