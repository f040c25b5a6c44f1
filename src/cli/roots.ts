import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Io } from "./arguments/command.ts";
import { UsageError } from "./errors.ts";

/** Where a command finds suites and baselines. */
export interface Roots {
  /** Folder that holds the runnable `suites/` (of this package: the compiled ones when compiled). */
  readonly suites: string;
  /** The folder `baselines/` in git. */
  readonly baselines: string;
  /** Folder whose commit says what the code is. */
  readonly repository: string;
}

const here = dirname(fileURLToPath(import.meta.url));

/** Folder of plateau's package.json: above the sources, or above their compiled form in dist/. */
export function packageRoot(): string {
  let folder = here;
  while (!existsSync(join(folder, "package.json"))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`plateau's package.json is missing above ${here}`);
    folder = parent;
  }
  return folder;
}

/** `--root`, else PLATEAU_ROOT, else this package. */
export function findRoots(asked: string | undefined, io: Pick<Io, "env" | "cwd">): Roots {
  const other = asked ?? (io.env["PLATEAU_ROOT"] || undefined);
  if (other === undefined) {
    const repository = packageRoot();
    return { suites: resolve(here, "../.."), baselines: join(repository, "baselines"), repository };
  }
  const root = resolve(io.cwd, other);
  if (!existsSync(join(root, "suites"))) throw new UsageError(`root ${root} needs a folder suites/, found none`);
  return { suites: root, baselines: join(root, "baselines"), repository: root };
}
