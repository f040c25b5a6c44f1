import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { FIXTURE_ROOT, freshFolder } from "./recording-io.ts";

/** The command line as it is shipped: compiled. Workers are plain JavaScript, so only this one runs claims. */
export const MAIN = fileURLToPath(new URL("../../dist/src/cli/main.js", import.meta.url));

export interface CompiledOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** `plateau …` in a process of its own, against the fixture suites, in a folder of its own unless told otherwise. */
export function plateauProcess(words: readonly string[], { cwd = freshFolder(), env = {} }: CompiledOptions = {}) {
  return execa("node", [MAIN, ...words], {
    cwd,
    env: { PLATEAU_ROOT: FIXTURE_ROOT, CI: undefined, NO_COLOR: undefined, FORCE_COLOR: undefined, ...env },
    reject: false,
  });
}
