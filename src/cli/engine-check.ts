import { execFile } from "node:child_process";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { packageRoot } from "../project/roots.ts";
import { INSTRUMENT } from "./instrument.ts";

/** What a probe found: versions of an engine that computes, or why it does not. */
export type Probe = { readonly versions: Readonly<Record<string, string>> } | { readonly reason: string };

/** Stands before a probe's answer, since native libraries print greetings. */
export const PROBE_MARK = "plateau-probe ";

/** What doctor says of an engine. */
export interface EngineCheck {
  readonly name: string;
  readonly state: "works" | "absent";
  readonly detail: string;
  /** The one command that makes it work, where the engine is absent. */
  readonly cure?: string;
  readonly versions?: Readonly<Record<string, string>>;
}

/** Far more than the slowest library takes to load on a busy machine; one that hangs is ended. */
const LIMIT_MILLISECONDS = 20_000;

/** Compiled, or from the sources, as the tests are run: Node 20 has no TypeScript, so a development dependency reads it. */
const PROGRAM = import.meta.url.endsWith(".ts")
  ? ["--import", "tsx", fileURLToPath(new URL("./probe-engine.ts", import.meta.url))]
  : [fileURLToPath(new URL("./probe-engine.js", import.meta.url))];

/** Opens an engine in a process of its own, where it may crash or hang, and says what is there or what is missing. */
export async function checkEngine(name: string, limit = LIMIT_MILLISECONDS): Promise<EngineCheck> {
  const found = await probe(name, limit);
  if ("reason" in found) {
    const cure = INSTRUMENT.cure(name, found.reason, relative("", packageRoot()) || ".");
    return { name: `engine ${name}`, state: "absent", detail: found.reason, cure };
  }
  const parts = Object.entries(found.versions).map(([part, version]) => `${part} ${version}`);
  return { name: `engine ${name}`, state: "works", detail: parts.join(", ") || "ready", versions: found.versions };
}

function probe(name: string, timeout: number): Promise<Probe> {
  const program = [...PROGRAM, name];
  return new Promise((resolve) => {
    execFile(process.execPath, program, { timeout, killSignal: "SIGKILL" }, (error, stdout) => {
      const line = stdout.split("\n").find((each) => each.startsWith(PROBE_MARK));
      if (line !== undefined) resolve(JSON.parse(line.slice(PROBE_MARK.length)) as Probe);
      else resolve({ reason: `its probe gave no answer: ${endOf(error, timeout)}` });
    });
  });
}

function endOf(
  error: (Error & { readonly killed?: boolean; readonly signal?: unknown; readonly code?: unknown }) | null,
  timeout: number,
): string {
  if (error?.killed) return `it was ended after ${timeout / 1000} s`;
  if (error?.signal) return `it died of ${error.signal}`;
  return `it exited with code ${error?.code ?? 0}`;
}
