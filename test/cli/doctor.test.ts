import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { checkEngine } from "../../src/cli/engine-check.ts";
import { ENGINE_NAMES } from "../../src/lab/engines.ts";
import { MAIN, plateauProcess } from "./compiled.ts";
import { freshFolder } from "./recording-io.ts";

interface Check {
  readonly name: string;
  readonly state: string;
  readonly detail: string;
  readonly cure?: string;
  readonly versions?: Readonly<Record<string, string>>;
}

/** No library lies there, whatever the machine has. */
const env = { PLATEAU_OPENBLAS: "/nowhere/libopenblas.so" };

test("doctor names every engine: its versions, or what is missing and the command that cures it", async () => {
  const { exitCode, stdout } = await plateauProcess(["doctor", "--json"], { env });
  const { checks } = JSON.parse(stdout) as { readonly checks: readonly Check[] };
  const engines = checks.filter(({ name }) => name.startsWith("engine "));
  expect(engines.map(({ name }) => name)).toEqual(ENGINE_NAMES.map((name) => `engine ${name}`));
  for (const engine of engines) {
    if (engine.state === "works") expect(Object.keys(engine.versions!).length).toBeGreaterThan(0);
    else expect(engine).toMatchObject({ state: "absent", cure: expect.stringMatching(/^(npm|apt-get|bash|node) /) });
  }
  expect(engines.find(({ name }) => name === "engine reference")?.state).toBe("works");
  expect(engines.find(({ name }) => name === "engine openblas")).toMatchObject({
    state: "absent",
    detail: expect.stringContaining("/nowhere/libopenblas.so"),
  });
  expect(exitCode).toBe(0);
});

/** A command is said as it can be given there, so that it is as long as the way from there to the package. */
function deepFolder(): string {
  const folder = join(freshFolder(), ...Array.from({ length: 30 }, () => "deep"));
  mkdirSync(folder, { recursive: true });
  return folder;
}

test.each([
  ["the checkout", MAIN.slice(0, MAIN.indexOf("/dist/"))],
  ["a folder far from it", deepFolder()],
])(
  "doctor in %s shows one line an engine: its version, or the cure alone; --verbose the whole reason",
  async (_, cwd) => {
    const { stdout } = await plateauProcess(["doctor"], { env, cwd });
    const lines = stdout.split("\n").filter((line) => line.includes("  engine "));
    expect(lines.length).toBe(ENGINE_NAMES.length);
    expect(lines.find((line) => line.includes("engine openblas"))).toMatch(
      /^- absent {2}engine openblas +cure: apt-get install libopenblas0-pthread$/,
    );
    const after = stdout.split("\n").filter((_, at, all) => all[at - 1]?.includes("  engine "));
    for (const line of after) expect(line).toMatch(/^[✓✗-] /);
    expect(stdout).not.toContain("/nowhere");
    const verbose = await plateauProcess(["doctor", "--verbose"], { env, cwd });
    expect(verbose.stdout.replace(/\s+/g, " ")).toContain("/nowhere/libopenblas.so");
  },
);

test("an engine that does not answer in time is ended and reported", async () => {
  expect(await checkEngine("reference", 1)).toMatchObject({
    state: "absent",
    detail: "its probe gave no answer: it was ended after 0.001 s",
  });
});

test("a run on an engine that is not there ends with one line and exit 2, before any work", async () => {
  const { exitCode, stderr, stdout } = await plateauProcess(["run", "holds", "--engine", "openblas"], { env });
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toMatch(/^plateau: engine openblas requires an OpenBLAS \([^\n]+$/);
});

test("doctor names the programs of experiments with their versions, and those that are missing", async () => {
  const root = fileURLToPath(new URL("../run/fixtures", import.meta.url));
  const { stdout } = await plateauProcess(["doctor", "--json", "--root", root], { env });
  const { checks } = JSON.parse(stdout) as { readonly checks: readonly Check[] };
  const programs = checks.filter(({ name }) => name === "program");
  expect(programs).toContainEqual(
    expect.objectContaining({ state: "works", detail: expect.stringContaining(`sound: ${process.version}`) }),
  );
  expect(programs).toContainEqual(
    expect.objectContaining({ state: "absent", detail: expect.stringContaining("no-such-interpreter-3 is missing") }),
  );
});
