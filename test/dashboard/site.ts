import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import type { Fixture } from "./fixture.ts";

const REPOSITORY = join(import.meta.dirname, "../..");

export interface BuiltSite {
  readonly folder: string;
  readonly seconds: number;
  readonly output: string;
  /** Whether the build had no network at all: not every machine lets a process take it away. */
  readonly unshared: boolean;
}

/** Builds the dashboard of a fixture in a folder of its own, in a network namespace without a network where the machine has them. */
export async function buildSite(fixture: Fixture): Promise<BuiltSite> {
  const folder = mkdtempSync(join(tmpdir(), "plateau-site-"));
  const unshared = (await execa("unshare", ["-rn", "true"], { reject: false })).exitCode === 0;
  const words = ["dashboard/build.mjs", "build", "--out", folder, "--work", join(REPOSITORY, "dashboard/.work/test")];
  const command: [string, string[]] = unshared ? ["unshare", ["-rn", "node", ...words]] : ["node", words];
  const started = performance.now();
  const { all } = await execa(...command, {
    cwd: REPOSITORY,
    all: true,
    env: { PLATEAU_RESULT: fixture.result, PLATEAU_BASELINES: fixture.baselines, PLATEAU_HISTORY: fixture.history },
  });
  return { folder, seconds: (performance.now() - started) / 1000, output: all, unshared };
}
