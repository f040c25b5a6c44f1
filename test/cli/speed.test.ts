import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { beforeAll, describe, expect, test } from "vitest";
import { plateauProcess } from "./compiled.ts";
import { freshFolder } from "./recording-io.ts";

const FIXTURE = fileURLToPath(new URL("./fixtures/speed", import.meta.url));
const BENCH = "benchmarks/speed/demo.bench.js";
/** With one benchmark, the fewest rounds that can decide: 2 x 2^-11 < 1e-3. */
const FEWEST = "11";

let origin: string;
beforeAll(async () => {
  origin = join(freshFolder(), "repository");
  cpSync(FIXTURE, origin, { recursive: true });
  const git = (...words: readonly string[]) =>
    execa("git", ["-C", origin, "-c", "user.name=test", "-c", "user.email=test@example.org", ...words]);
  await git("init", "-q");
  await git("add", "-A");
  await git("commit", "-q", "-m", "benchmarks");
});

/** A copy whose working tree differs from its commit. */
function edited(edit: (text: string) => string): string {
  const root = join(freshFolder(), "repository");
  cpSync(origin, root, { recursive: true });
  const path = join(root, BENCH);
  writeFileSync(path, edit(readFileSync(path, "utf8")));
  return root;
}

const speed = (root: string, ...words: readonly string[]) =>
  plateauProcess(["speed", ...words], { env: { PLATEAU_ROOT: root } });

describe("speed", () => {
  test("of a commit against itself raises no alarm, but for one run in a thousand", async () => {
    const { exitCode, stdout } = await speed(origin, "--base", "HEAD", "--rounds", FEWEST, "--json");
    const { rows, rounds, falseAlarms, first, raw, machine } = JSON.parse(stdout);
    expect(rows).toHaveLength(1);
    expect(["same", "undecided"]).toContain(rows[0].verdict);
    expect(exitCode).toBe(rows[0].verdict === "same" ? 0 : 3);
    expect({ rounds, falseAlarms }).toEqual({ rounds: 11, falseAlarms: 1e-3 });
    expect([first.length, raw[0].logRatios.length]).toEqual([11, 11]);
    expect(machine.node).toMatch(/^v/);
  }, 60_000);

  test("finds a head that does twice the work in a step, and names a benchmark that the base does not have", async () => {
    const added = '  { name: "new", unit: "steps", open: () => () => (loop(STEPS) > 0 ? 1 : 0) },\n];';
    const root = edited((text) => text.replace("loop(STEPS) > 0", "loop(2 * STEPS) > 0").replace("];", added));
    const { exitCode, stdout } = await speed(root, "--base", "HEAD", "--rounds", FEWEST);
    expect(stdout).toContain("1 benchmark compared with HEAD");
    expect(stdout).toMatch(/demo: loop\n {2}✗ slower by [\d.]+–[\d.]+ %/);
    expect(stdout).toContain("not in the base, so not compared: demo: new");
    expect(exitCode).toBe(1);
  }, 60_000);

  test("without a base shows the limits of the machine and times, and compares nothing", async () => {
    const { exitCode, stdout } = await speed(origin);
    expect(stdout).toMatch(
      /^One core with 128-bit instructions of WebAssembly, .* bytes\ndemo: loop {2}[\d.]+ (ns|µs) a unit \(steps\)$/,
    );
    expect(exitCode).toBe(0);
  });

  test("tells a benchmark whose engine cannot be had, and times the others", async () => {
    const refusing = `{ name: "away", unit: "steps", open: () => { throw Object.assign(new Error("no such library"), { name: "UnsupportedError" }); } },\n];`;
    const { exitCode, stdout } = await speed(edited((text) => text.replace("];", refusing)));
    expect(stdout).toMatch(
      /demo: loop {2}[\d.]+ (ns|µs) a unit \(steps\)\ndemo: away {2}unsupported: no such library$/,
    );
    expect(exitCode).toBe(0);
  });

  test("says which benchmark failed, and why", async () => {
    const root = edited((text) => text.replace("loop(STEPS) > 0", "missing(STEPS) > 0"));
    const { exitCode, stderr } = await speed(root, "--base", "HEAD", "--rounds", FEWEST);
    expect(stderr).toContain("plateau: benchmark demo: loop failed: ReferenceError: missing is not defined");
    expect(exitCode).toBe(2);
  });

  test.each<[string, readonly string[], RegExp]>([
    ["a base that is no commit", ["--base", "nowhere"], /--base needs a commit, nowhere is none/],
    ["too few rounds to decide", ["--base", "HEAD", "--rounds", "10"], /--rounds needs at least 11 for 1 benchmarks/],
    [
      "rounds that are no number, before the base is looked for",
      ["--base", "none", "--rounds", "x"],
      /--rounds needs a whole number/,
    ],
    ["rounds without a base", ["--rounds", "20"], /--rounds needs --base/],
    ["words that no benchmark has", ["network", "--base", "HEAD"], /found none .* that is one with network/],
  ])("refuses %s", async (_, words, says) => {
    const { exitCode, stderr } = await speed(origin, ...words);
    expect(stderr.replace(/\s+/g, " ")).toMatch(says);
    expect(exitCode).toBe(2);
  });
});
