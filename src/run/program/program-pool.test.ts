import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { type CommandDefinition, commandExperiment } from "../../claim/origin/command-experiment.ts";
import { measureNames } from "../sample/observe.ts";
import type { ProgramSeries } from "./answer-request.ts";
import { openProgramPool, type ProgramPool } from "./program-pool.ts";
import { replicateSeed } from "./replicate-seed.ts";

/** Far longer than a child takes to start on a loaded machine. */
const LIMIT_SECONDS = 30;
const STREAM = "0123456789abcdef0123456789abcdef";

type Given = Partial<CommandDefinition<"value">>;

function series(way: string, given: Given = {}, words: readonly string[] = []): ProgramSeries {
  const experiment = commandExperiment({
    name: `child-${way}`,
    module: import.meta.url,
    argv: [process.execPath, "src/run/program/fixtures/child.mjs", way, ...words],
    files: ["src/run/program/fixtures/child.mjs"],
    cell: { width: 4 },
    measures: { value: { kind: "bounded", range: [0, 1], description: "a share of 1000" } },
    seconds: 0.01,
    ...given,
  });
  return { stream: STREAM, experiment, measures: measureNames(experiment) };
}

interface Watched {
  readonly pool: ProgramPool;
  readonly heard: readonly string[];
  readonly errors: readonly string[];
  readonly abort: (reason: Error) => void;
}

function watchedPool(): Watched {
  const heard: string[] = [];
  const errors: string[] = [];
  const stop = new AbortController();
  const pool = openProgramPool({
    signal: stop.signal,
    heard: (line) => heard.push(line),
    failed: (experiment, text) => errors.push(`${experiment}: ${text}`),
  });
  onTestFinished(pool.close);
  return { pool, heard, errors, abort: (reason) => stop.abort(reason) };
}

const shareOf = (replicate: number) => (replicateSeed(STREAM, replicate) % 1000) / 1000;
const shares = (first: number, count: number) => Array.from({ length: count }, (_, row) => shareOf(first + row));

describe("a program that answers", () => {
  test("gives the same numbers however they are asked for, and serves many requests from one process", async () => {
    const { pool, heard } = watchedPool();
    const whole = await pool.compute(series("sound"), { first: 0, count: 20 }, LIMIT_SECONDS);
    const part = await pool.compute(series("sound"), { first: 12, count: 3 }, LIMIT_SECONDS);
    expect([...(whole as Float64Array)]).toEqual(shares(0, 20));
    expect([...(part as Float64Array)]).toEqual(shares(12, 3));
    expect(heard).toEqual([]);
  });

  test("may tell what it is doing between its answers", async () => {
    const { pool, heard } = watchedPool();
    await pool.compute(series("tells"), { first: 4, count: 2 }, LIMIT_SECONDS);
    expect(heard).toEqual(["epoch 1 of replicate 4", "epoch 1 of replicate 5"]);
  });

  test("may give infinities, as Python writes them", async () => {
    const { pool } = watchedPool();
    const values = await pool.compute(series("infinite"), { first: 0, count: 2 }, LIMIT_SECONDS);
    expect([...(values as Float64Array)]).toEqual([Infinity, -Infinity]);
  });

  test("may lose replicates where the experiment declares a rate: they are marked, and count for nothing", async () => {
    const { pool } = watchedPool();
    const losing = series("loses", { lost: 0.1 });
    expect(losing.measures).toEqual(["kept", "value"]);
    const values = await pool.compute(losing, { first: 2, count: 3 }, LIMIT_SECONDS);
    expect([...(values as Float64Array)]).toEqual([1, 0, 1, shareOf(2), 0, shareOf(4)]);
  });
});

describe("a program that misbehaves gives one clear reason, and what it computed before", () => {
  test.each<readonly [way: string, state: string, reason: string | RegExp, before: number]>([
    [
      "dies-at-17",
      "crashed",
      "program gave no answer to replicate 17, it ended with exit code 3: ValueError: the loss is gone",
      17,
    ],
    ["garbage", "crashed", "program: a line of JSON is required, got { this is no JSON", 0],
    ["chatters", "crashed", "program gave no answer to replicate 0, it ended with exit code 0", 0],
    ["nan", "crashed", "program: measure value of replicate 2 requires a number, got NaN", 2],
    ["twice", "crashed", "program: it answered replicate 0 twice", 1],
    ["another-replicate", "crashed", "program: it answered replicate 1000, which was not asked for", 0],
    ["no-measure", "crashed", "program: measure value of replicate 0 requires a number, got nothing", 0],
    ["text", "crashed", "program: measure value of replicate 0 requires a number, got high", 0],
    ["no-replicate", "crashed", 'program: an answer requires the number of its replicate, got {"value":1}', 0],
    [
      "loses",
      "crashed",
      "program: replicate 3 was lost (diverged) and the experiment declares no rate of lost ones",
      3,
    ],
    ["unsupported", "skipped", "unsupported: no GPU is visible", 0],
    ["unknown-way", "crashed", /^program gave no answer to replicate 0, it ended with exit code 1: Node\.js v/, 0],
  ])("%s: %s", async (way, state, reason, count) => {
    const { pool } = watchedPool();
    const found = await pool.compute(series(way), { first: 0, count: 20 }, LIMIT_SECONDS);
    expect(found).toMatchObject({ state, before: { count } });
    expect("reason" in found && found.reason).toEqual(
      typeof reason === "string" ? reason : expect.stringMatching(reason),
    );
    expect([...("before" in found ? found.before!.values : [])]).toEqual(shares(0, count));
  });

  test("too few lines: the time limit ends it", async () => {
    const { pool } = watchedPool();
    const found = await pool.compute(series("too-few"), { first: 0, count: 4 }, 1);
    expect(found).toMatchObject({ state: "timed-out", reason: "program gave no answer to replicate 1 within 1 s" });
  });

  test("all that it wrote to standard error is handed over, the last line is the reason", async () => {
    const { pool, errors } = watchedPool();
    await pool.compute(series("dies-at-17"), { first: 16, count: 4 }, LIMIT_SECONDS);
    expect(errors).toEqual(["child-dies-at-17: Traceback: a long story\nValueError: the loss is gone\n"]);
  });

  test("a command that is missing is skipped, with its name", async () => {
    const { pool } = watchedPool();
    const missing = series("sound", { argv: ["no-such-interpreter-3", "x"] });
    expect(await pool.compute(missing, { first: 0, count: 1 }, LIMIT_SECONDS)).toMatchObject({
      state: "skipped",
      reason: "unsupported: there is no command no-such-interpreter-3 on this machine",
    });
  });

  test("the next chunk gets a new process", async () => {
    const { pool } = watchedPool();
    const dying = series("dies-at-17");
    expect(await pool.compute(dying, { first: 10, count: 10 }, LIMIT_SECONDS)).toMatchObject({ state: "crashed" });
    expect([...((await pool.compute(dying, { first: 0, count: 2 }, LIMIT_SECONDS)) as Float64Array)]).toEqual(
      shares(0, 2),
    );
  });
});

/** Waits for what a program notes in its folder. */
async function noted(folder: string): Promise<string> {
  for (;;) {
    try {
      const text = readFileSync(join(folder, "notes.txt"), "utf8");
      if (text.endsWith("\n")) return text;
    } catch {
      // not yet
    }
    await pause(20);
  }
}

function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return !/\) [ZX] /.test(stat);
  } catch {
    return false;
  }
}

async function allGone(pids: readonly number[]): Promise<boolean> {
  for (let waited = 0; waited < 100 && pids.some(isAlive); waited++) await pause(50);
  return !pids.some(isAlive);
}

const freshFolder = () => mkdtempSync(join(tmpdir(), "plateau-program-"));

describe("a program that hangs", () => {
  test("is ended at the time limit with all that it has started", async () => {
    const folder = freshFolder();
    const { pool } = watchedPool();
    const found = await pool.compute(series("hangs", {}, [folder]), { first: 0, count: 1 }, 2);
    expect(found).toMatchObject({ state: "timed-out", reason: "program gave no answer to replicate 0 within 2 s" });
    const pids = (await noted(folder)).trim().split(" ").map(Number);
    expect(pids).toHaveLength(2);
    expect(await allGone(pids)).toBe(true);
  });

  test("is ended at once by Ctrl-C, with all that it has started", async () => {
    const folder = freshFolder();
    const { pool, abort } = watchedPool();
    const computing = pool.compute(series("hangs", {}, [folder]), { first: 0, count: 1 }, LIMIT_SECONDS);
    const pids = (await noted(folder)).trim().split(" ").map(Number);
    abort(new Error("interrupted"));
    await expect(computing).rejects.toThrow("interrupted");
    expect(await allGone(pids)).toBe(true);
  });

  test("does not outlive a kill -9 of the process that started it", async () => {
    const folder = freshFolder();
    const program = join(import.meta.dirname, "fixtures/hold-program.mjs");
    const parent = spawn(process.execPath, [program, folder], { stdio: "ignore" });
    const pids = (await noted(folder)).trim().split(" ").map(Number);
    expect(pids.every(isAlive)).toBe(true);
    parent.kill("SIGKILL");
    expect(await allGone(pids)).toBe(true);
  });
});
