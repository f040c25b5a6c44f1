import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { readBaselines } from "../../src/baseline/files/read.ts";
import { readHistory } from "../../src/report/history-folder.ts";
import { plateauProcess } from "../cli/compiled.ts";
import { FIXTURE_ROOT, freshFolder } from "../cli/recording-io.ts";
import { killed, leftovers, type Moment } from "./killed.ts";

/** Kills a command, half of them aimed; more by hand: PLATEAU_KILLS=25 npx vitest run test/robustness/kills.test.ts. */
const KILLS = Number(process.env["PLATEAU_KILLS"] ?? 2);
const SEED = Number(process.env["PLATEAU_KILLS_SEED"] ?? 20210603);
/** What the commands take on a quiet machine, in milliseconds: kills fall between its start and its end. */
const TAKES = 900;
const CLAIMS = ["holds", "is-refuted", "stays-undecided"];
const WORDS = ["run", ...CLAIMS, "--tier", "full"];
const BUDGET = 60_000 + KILLS * 8_000;

let root: string;
let env: Readonly<Record<string, string | undefined>>;
let sound: string;

const evidenceIn = (path: string) => JSON.stringify(JSON.parse(readFileSync(path, "utf8")).evidence);
const git = (...words: readonly string[]) =>
  execa("git", ["-C", root, "-c", "user.name=test", "-c", "user.email=test@example.org", ...words]);

beforeAll(async () => {
  root = join(freshFolder(), "repository");
  cpSync(FIXTURE_ROOT, root, { recursive: true });
  writeFileSync(join(root, ".gitignore"), "sound/\nresults/\n.plateau/\n");
  await execa("git", ["init", "-q", root]);
  await git("add", "-A");
  await git("commit", "-q", "-m", "suites");
  const temporary = join(freshFolder(), "temporary");
  mkdirSync(temporary);
  env = { PLATEAU_ROOT: root, TMPDIR: temporary, GITHUB_STEP_SUMMARY: undefined, GITHUB_OUTPUT: undefined };
  await plateauProcess([...WORDS, "--out", "sound"], { cwd: root, env });
  sound = evidenceIn(join(root, "sound/result.json"));
}, 60_000);

/** Moments at random, and in turn with them the one that is aimed. */
function moments(aimed: Moment, salt: number): readonly Moment[] {
  const random = fc.sample(fc.noBias(fc.integer({ min: 0, max: TAKES })), { seed: SEED + salt, numRuns: KILLS });
  return random.map((milliseconds, at) => (at % 2 === 0 ? aimed : { milliseconds }));
}

/** A test whose kills all came too late would show nothing. */
function expectKills(count: number): void {
  expect(count).toBeGreaterThan(0);
  if (process.env["PLATEAU_KILLS"]) console.log(`${expect.getState().currentTestName}: killed ${count} times`);
}

test(
  "a run that is killed anywhere, while it writes its result too, ends with the evidence of one that was not",
  async () => {
    let count = 0;
    const folder = freshFolder();
    for (const [at] of moments({ milliseconds: 0 }, 0).entries()) {
      const out = join(folder, `out-${at}`);
      const words = [...WORDS, "--out", out, "--store", join(folder, `store-${at}`), "--resume"];
      for (const moment of moments({ folder: out, sees: /^\.result\.json\..*\.tmp$/ }, at).slice(0, 2)) {
        if (await killed(words, moment, { cwd: root, env })) count++;
      }
      expect((await plateauProcess(words, { cwd: root, env })).exitCode).toBe(1);
      expect(evidenceIn(join(out, "result.json"))).toBe(sound);
      expect(leftovers(out)).toEqual([]);
    }
    expectKills(count);
  },
  BUDGET,
);

test(
  "an acceptance that is killed leaves baselines that the next one completes, and nothing else",
  async () => {
    let count = 0;
    for (const [at, moment] of moments({ milliseconds: 0 }, 1).entries()) {
      const folder = join(freshFolder(), "baselines");
      const aimed = { folder: join(folder, "demo/behaviour"), sees: at % 4 === 0 ? /\.tmp$/ : /^[a-z-]+\.jsonl$/ };
      const words = ["accept", "sound", "--reason", "first", "--baselines", folder];
      if (await killed(words, at % 2 === 0 ? aimed : moment, { cwd: root, env })) count++;
      if (
        existsSync(join(folder, "demo")) &&
        readdirSync(join(folder, "demo/behaviour")).some((name) => name.endsWith(".jsonl"))
      )
        expect((await readBaselines(folder)).size).toBeGreaterThan(0);
      const again = await plateauProcess(words, { cwd: root, env });
      expect(again.exitCode, again.stderr).toBe(0);
      expect([...(await readBaselines(folder)).keys()]).toHaveLength(CLAIMS.length);
      expect(leftovers(folder)).toEqual([]);
    }
    expectKills(count);
  },
  BUDGET,
);

test(
  "an export that is killed leaves no torn file, and the next one nothing but the file",
  async () => {
    let count = 0;
    const whole = join(freshFolder(), "table.parquet");
    const words = (path: string) => ["export", "sound", "--samples", "--format", "parquet", "--out", path];
    await plateauProcess(words(whole), { cwd: root, env });
    const folder = freshFolder();
    const path = join(folder, "table.parquet");
    for (const moment of moments({ folder, sees: /\.tmp$/ }, 2)) {
      if (await killed(words(path), moment, { cwd: root, env })) count++;
      if (existsSync(path)) expect(readFileSync(path).equals(readFileSync(whole))).toBe(true);
      expect((await plateauProcess(words(path), { cwd: root, env })).exitCode).toBe(0);
      expect(readFileSync(path).equals(readFileSync(whole))).toBe(true);
      expect(readdirSync(folder)).toEqual(["table.parquet"]);
    }
    expectKills(count);
  },
  BUDGET,
);

test(
  "a history whose writer is killed has each run once, and no folder is left",
  async () => {
    let count = 0;
    const remote = join(freshFolder(), "remote.git");
    await execa("git", ["init", "-q", "--bare", remote]);
    const step = { ...env, PLATEAU_HISTORY_REMOTE: remote, PLATEAU_RESULT: "sound" };
    for (const moment of moments({ folder: env["TMPDIR"]!, sees: /^plateau-history-/ }, 3)) {
      if (await killed(["ci", "history"], moment, { cwd: root, env: step })) count++;
      const again = await plateauProcess(["ci", "history"], { cwd: root, env: step });
      expect(again.exitCode, again.stdout + again.stderr).toBe(0);
      const clone = freshFolder();
      await execa("git", ["clone", "-q", "-b", "history", remote, join(clone, "history")]);
      expect(readHistory(join(clone, "history"))).toMatchObject({ lines: [{ tier: "full" }], unreadable: [] });
      expect(readdirSync(env["TMPDIR"]!).filter((name) => name.startsWith("plateau-history-"))).toEqual([]);
    }
    expectKills(count);
  },
  BUDGET,
);
