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

/** Starts the preview of a fixture on a port; `stop` ends it and what it started. */
export async function startPreview(fixture: Fixture, port: number) {
  const words = [
    "dashboard/build.mjs",
    "preview",
    "--port",
    String(port),
    "--work",
    join(REPOSITORY, "dashboard/.work/preview"),
  ];
  const child = execa("node", words, { cwd: REPOSITORY, all: true, env: placesOf(fixture), reject: false });
  await new Promise<void>((done, fail) => {
    child.all.on("data", (text) => String(text).includes(`:${port}/`) && done());
    child.then(({ all }) => fail(new Error(`the preview ended: ${all}`)));
  });
  return {
    address: `http://127.0.0.1:${port}/`,
    stop: async () => {
      child.kill("SIGTERM");
      await child;
    },
  };
}

function placesOf({ result, baselines, history, speed }: Fixture) {
  return {
    ...{ PLATEAU_RESULT: result, PLATEAU_BASELINES: baselines, PLATEAU_HISTORY: history, PLATEAU_SPEED: speed },
    PLATEAU_ENGINES_RESULT: undefined,
  };
}

/** Builds the dashboard of a fixture in a folder of its own by way of the folder `work`, in a network namespace without a network where the machine has them. */
export async function buildSite(fixture: Fixture, work = "test"): Promise<BuiltSite> {
  const folder = mkdtempSync(join(tmpdir(), "plateau-site-"));
  const unshared = (await execa("unshare", ["-rn", "true"], { reject: false })).exitCode === 0;
  const words = ["dashboard/build.mjs", "build", "--out", folder, "--work", join(REPOSITORY, "dashboard/.work", work)];
  const command: [string, string[]] = unshared ? ["unshare", ["-rn", "node", ...words]] : ["node", words];
  const started = performance.now();
  const { all } = await execa(...command, {
    cwd: REPOSITORY,
    all: true,
    env: placesOf(fixture),
  });
  return { folder, seconds: (performance.now() - started) / 1000, output: all, unshared };
}
