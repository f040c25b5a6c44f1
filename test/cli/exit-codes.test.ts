import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Result } from "../../src/claim/result.ts";
import { plateauProcess } from "./compiled.ts";
import { freshFolder, plateau } from "./recording-io.ts";

describe("run exits with", () => {
  test.each([
    [0, "a claim that holds at the full tier", ["holds", "--tier", "full"]],
    [0, "a claim left undecided at smoke, which need not decide", ["stays-undecided"]],
    [1, "a refuted claim", ["is-refuted"]],
    [1, "a supported control", ["has-a-supported-control"]],
    [1, "a refuted claim beside a crashed one", ["is-refuted", "crashes"]],
    [3, "a claim left undecided at the full tier", ["stays-undecided", "--tier", "full"]],
    [3, "an experiment that throws", ["crashes"]],
    [3, "an experiment that gives NaN", ["gives-nan"]],
    [3, "an experiment that hangs", ["hangs", "--timeout", "1"]],
  ])("%i for %s", async (code, _, words) => {
    const { exitCode, stdout } = await plateauProcess(["run", ...words, "--workers", "1", "--json"]);
    expect(exitCode).toBe(code);
    const answer = JSON.parse(stdout) as Result & { readonly path: string; readonly exit: number };
    expect(answer.exit).toBe(code);
    expect(existsSync(answer.path)).toBe(true);
  });

  test("2 for wrong use, before any work", async () => {
    const cwd = freshFolder();
    const { exitCode, stderr } = await plateauProcess(["run", "is-refuted", "--tier", "smok"], { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("did you mean smoke?");
    expect(existsSync(join(cwd, "results"))).toBe(false);
  });

  test("130 for Ctrl-C, and --resume alone goes on", async () => {
    const cwd = freshFolder();
    const running = plateauProcess(["run", "is-slow", "--workers", "1"], { cwd });
    // once: the second time it means at once, without a word
    let isAsked = false;
    running.stderr.on("data", (text: Buffer) => {
      if (isAsked || !text.includes(" computed)") || text.includes("(0 found, 0 computed)")) return;
      isAsked = true;
      running.kill("SIGINT");
    });
    const interrupted = await running;
    expect(interrupted.stderr).toMatch(
      /plateau: interrupted, what was computed is kept: plateau run --resume --out \S+$/,
    );
    expect(interrupted.exitCode).toBe(130);
    const resumed = await plateauProcess(["run", "--resume", "--json"], { cwd });
    const whole = await plateauProcess(["run", "is-slow", "--json"]);
    expect(resumed.exitCode).toBe(0);
    const evidence = ({ stdout }: { readonly stdout: string }) =>
      JSON.stringify((JSON.parse(stdout) as Result).evidence);
    expect(evidence(resumed)).toBe(evidence(whole));
  }, 30_000);
});

describe("commands without verdicts exit with", () => {
  test.each([
    [0, ["--help"]],
    [0, ["--version"]],
    [0, ["list", "--json"]],
    [0, ["plan", "holds", "--json"]],
    [2, []],
    [2, ["report"]],
  ])("%i for %j", async (code, words) => {
    expect((await plateau(words)).exit).toBe(code);
  });

  test("70 for a bug, with its stack and a request to report it", async () => {
    const now = () => {
      throw new TypeError("the clock is broken");
    };
    const { exit, stderr } = await plateau(["plan", "holds", "--fit"], { now });
    expect(exit).toBe(70);
    expect(stderr).toMatch(
      /^plateau: this is a bug of plateau \S+; please report it.*\nTypeError: the clock is broken\n {4}at /,
    );
  });
});

test("list, plan, sample and doctor print JSON that parses", async () => {
  const commands = [
    ["list"],
    ["plan", "holds"],
    ["sample", "holds", "--set", "depth=4", "--set", "init=he", "--replicates", "2"],
    ["doctor"],
  ];
  for (const words of commands) {
    const { stdout } = await plateau([...words, "--json"]);
    expect(() => JSON.parse(stdout) as unknown, words.join(" ")).not.toThrow();
  }
});

test("sample gives the replicates that a run judged", async () => {
  const words = ["sample", "holds", "--set", "depth=4", "--set", "init=he", "--json"];
  const few = JSON.parse((await plateau([...words, "--replicates", "3"])).stdout);
  const many = JSON.parse((await plateau([...words, "--replicates", "100"])).stdout);
  expect(many.measures[0].values.slice(0, 3)).toEqual(few.measures[0].values);
  const other = JSON.parse((await plateau([...words, "--replicates", "3", "--arm", "centred"])).stdout);
  expect(other.measures[0].values[0]).toBeGreaterThan(2);
});
