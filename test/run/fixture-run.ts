import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import type { Evidence, Result } from "../../src/claim/result.ts";
import type { RunEvent } from "../../src/run/events.ts";
import type { RunOptions } from "../../src/run/run.ts";

const fixtures = new URL("./fixtures/", import.meta.url);
const dist = new URL("../../dist/src/run/", import.meta.url);

/** Workers are plain JavaScript, so whole runs are tested as they are shipped: compiled. */
const { run } = (await import(new URL("run.js", dist).href)) as typeof import("../../src/run/run.ts");
const { discoverSuites } = (await import(
  new URL("plan/discover.js", dist).href
)) as typeof import("../../src/run/plan/discover.ts");

export const { default: instrument } = (await import(
  new URL("../lab/instrument.js", dist).href
)) as typeof import("../../src/lab/instrument.ts");

export const { startEarly } = (await import(
  new URL("sample/early-workers.js", dist).href
)) as typeof import("../../src/run/sample/early-workers.ts");

export const CHILD = fileURLToPath(new URL("run-child.js", fixtures));

/** A folder that no other test knows. */
export function freshFolder(): string {
  return mkdtempSync(join(tmpdir(), "plateau-run-"));
}

export async function fixtureClaims(suite: string, ...ids: readonly string[]): Promise<RunOptions["claims"]> {
  const found = (await discoverSuites(fixtures)).find((one) => one.suite.name === suite)!.claims;
  return ids.length === 0 ? found : ids.map((id) => found.find(({ claim }) => claim.id === id)!);
}

export interface FixtureRun {
  readonly result: Result;
  readonly events: readonly RunEvent[];
}

/** A run in this process; a new folder for what is not given. */
export async function runFixture(options: Partial<RunOptions> & Pick<RunOptions, "claims">): Promise<FixtureRun> {
  const events: RunEvent[] = [];
  const result = await run(
    {
      tier: "smoke",
      seed: "1",
      instrument,
      engine: "reference",
      workers: 2,
      out: join(freshFolder(), "out"),
      store: join(freshFolder(), "store"),
      ...options,
    },
    {
      emit: (event) => events.push(event),
      now: Date.now,
      versions: { plateau: "test", commit: null, dirty: null, command: ["test"] },
    },
  );
  return { result, events };
}

export interface ChildAnswer {
  readonly evidence?: string;
  readonly computed?: number;
  readonly found?: number;
  readonly error?: string;
  readonly message?: string;
}

/** A run in a process of its own. */
export async function runChild(options: object, child = CHILD): Promise<ChildAnswer> {
  const { stdout } = await execa("node", [child, JSON.stringify(options)], { reject: false, stderr: "ignore" });
  return JSON.parse(stdout) as ChildAnswer;
}

/** The claim's part of the evidence, as text. */
export function claimText(evidence: Evidence, id: string): string {
  return JSON.stringify(evidence.claims.find((claim) => claim.id === id));
}
