import { spawn } from "node:child_process";
import { type FSWatcher, mkdirSync, readdirSync, watch } from "node:fs";
import { MAIN } from "../cli/compiled.ts";

/** When a command is killed: after so many milliseconds, or as soon as a file of that name is seen in a folder. */
export type Moment = { readonly milliseconds: number } | { readonly folder: string; readonly sees: RegExp };

export interface Killing {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Runs `plateau …` and kills it with all its children; gives whether it was still running then. */
export async function killed(words: readonly string[], moment: Moment, { cwd, env = {} }: Killing): Promise<boolean> {
  const child = spawn("node", [MAIN, ...words], {
    cwd,
    detached: true,
    stdio: "ignore",
    env: { ...process.env, CI: undefined, ...env },
  });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    child.on("exit", (_, signal) => resolve(signal));
  });
  const kill = () => {
    try {
      process.kill(-child.pid!, "SIGKILL");
    } catch {
      // it had ended
    }
  };
  const release = onMoment(moment, kill);
  const signal = await ended;
  release();
  return signal === "SIGKILL";
}

function onMoment(moment: Moment, kill: () => void): () => void {
  if ("milliseconds" in moment) {
    const timer = setTimeout(kill, moment.milliseconds);
    return () => clearTimeout(timer);
  }
  mkdirSync(moment.folder, { recursive: true });
  const watcher: FSWatcher = watch(moment.folder, (_, name) => {
    if (name !== null && moment.sees.test(name)) kill();
  });
  return () => watcher.close();
}

/** Names below a folder that only an unfinished writer leaves: temporary files, and locks. */
export function leftovers(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    /\.tmp$|(^|\/)lock(\.|$)/.test(name),
  );
}
