import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ClaimEvidence, Result } from "../../src/claim/result.ts";
import { drawSeed } from "../../src/gate/draw-seed.ts";
import { appendHistory } from "../../src/gate/github/append-history.ts";
import { nightlyIssue } from "../../src/gate/github/nightly-issue.ts";
import { gpuRunner } from "../../src/gate/gpu-runner.ts";
import { guarded } from "../../src/gate/step.ts";
import { historyLine } from "../../src/report/history.ts";
import { type FakeStep, fakeStep } from "./fake-step.ts";
import { type GithubServer, githubServer } from "./github-server.ts";
import { sound, withClaims, withState } from "./sources.ts";

let server: GithubServer;

beforeEach(async () => {
  server = await githubServer();
});

afterEach(() => server.close());

function stepWith(result: Result, env: FakeStep["env"] = {}): FakeStep {
  const step = fakeStep({}, { GITHUB_API_URL: server.url, ...env });
  mkdirSync(join(step.cwd, "results/ci/merged"), { recursive: true });
  writeFileSync(join(step.cwd, "results/ci/merged/result.json"), JSON.stringify(result));
  return step;
}

describe("the nightly issue", () => {
  const refuted = withClaims(
    sound.evidence.claims.map((claim) => withState(claim as ClaimEvidence, "claimed", "refuted")),
  );

  test("is opened once and then written anew", async () => {
    await nightlyIssue(stepWith(refuted));
    const first = server.issues[0]!.body;
    await nightlyIssue(stepWith(withClaims(refuted.evidence.claims.slice(1))));
    expect(server.issues).toHaveLength(1);
    expect(first).toContain("2 claims fail");
    expect(server.issues[0]!.body).toContain("1 claim fails");
    expect(server.issues[0]!.body).toContain("error budget of its own");
  });

  test("is not a person's issue with the same marker", async () => {
    server.issues.push({ number: 900, title: "mine", body: "<!-- plateau:nightly -->", user: { type: "User" } });
    await nightlyIssue(stepWith(refuted));
    expect(server.issues.map(({ title }) => title)[0]).toBe("mine");
    expect(server.issues).toHaveLength(2);
  });

  test("is not opened when nothing is refuted", async () => {
    await nightlyIssue(stepWith(sound));
    expect(server.requests).toEqual([]);
  });

  test("is an error, not silence, when the result cannot be read", async () => {
    expect(await guarded(nightlyIssue, fakeStep({}))).toBe(2);
  });
});

describe("the history", () => {
  let remote: string;

  beforeEach(async () => {
    remote = mkdtempSync(join(tmpdir(), "plateau-remote-"));
    await execa("git", ["init", "-q", "--bare", remote]);
  });

  const at = (second: number): Result => ({
    ...sound,
    provenance: { ...sound.provenance, startedAt: `2026-01-02T03:04:${String(second).padStart(2, "0")}.000Z` },
  });

  async function lines(tier = "smoke"): Promise<readonly string[]> {
    const { stdout } = await execa("git", ["-C", remote, "show", `history:${tier}.jsonl`]);
    return stdout.split("\n");
  }

  function append(result: Result, step = stepWith(result, { PLATEAU_HISTORY_REMOTE: remote })): Promise<number> {
    return guarded(appendHistory, step);
  }

  test("begins with the first run, grows by one line a run, and has none twice", async () => {
    for (const second of [1, 2, 2]) expect(await append(at(second))).toBe(0);
    const all = (await lines()).map((line) => historyLine.parse(JSON.parse(line)));
    expect(all.map((line) => line.at)).toEqual([at(1), at(2)].map(({ provenance }) => provenance.startedAt));
    const latest = await execa("git", ["-C", remote, "show", "history:latest/smoke.json"]);
    expect(JSON.parse(latest.stdout).evidence).toEqual(sound.evidence);
  });

  test("loses no line to writers at once", async () => {
    const exits = await Promise.all([1, 2, 3, 4].map((second) => append(at(second))));
    expect(exits).toEqual([0, 0, 0, 0]);
    expect(await lines()).toHaveLength(4);
  });

  test("that cannot be read is an error and stays as it is", async () => {
    await append(at(1));
    const clone = mkdtempSync(join(tmpdir(), "plateau-clone-"));
    await execa("git", ["clone", "-q", "-b", "history", remote, clone]);
    writeFileSync(join(clone, "smoke.jsonl"), "{broken\n");
    const author = ["-c", "user.name=test", "-c", "user.email=test@example.org"];
    await execa("git", ["-C", clone, ...author, "commit", "-q", "-a", "-m", "break"]);
    await execa("git", ["-C", clone, "push", "-q", "origin", "history"]);
    const step = stepWith(at(2), { PLATEAU_HISTORY_REMOTE: remote });
    expect(await append(at(2), step)).toBe(2);
    expect(step.lines[0]).toMatch(/line 1 of the history cannot be read/);
    expect(await lines()).toEqual(["{broken"]);
  });

  test("that cannot be reached is an error, never an empty one", async () => {
    const step = stepWith(at(1), { PLATEAU_HISTORY_REMOTE: join(remote, "nowhere") });
    expect(await append(at(1), step)).toBe(2);
    expect(step.lines[0]).toMatch(/cannot be looked up/);
  });

  test("takes no result without claims", async () => {
    const nothing = { ...sound, evidence: { ...sound.evidence, claims: [] } };
    expect(await append(nothing)).toBe(2);
  });
});

describe("the runner with a GPU", () => {
  test("that nobody named is said plainly, red only where somebody asked by hand", async () => {
    const scheduled = fakeStep({}, { GITHUB_EVENT_NAME: "schedule" });
    expect(await gpuRunner(scheduled)).toBe(0);
    expect(scheduled.summary()).toContain("nothing was checked on one");
    expect(scheduled.output()).toBe("label=\n");
    expect(await gpuRunner(fakeStep({}, { GITHUB_EVENT_NAME: "workflow_dispatch" }))).toBe(1);
  });

  test("is taken at its word where the token may not list runners", async () => {
    const step = fakeStep({}, { GITHUB_API_URL: server.url, PLATEAU_GPU_RUNNER: "gpu-large" });
    expect(await gpuRunner(step)).toBe(0);
    expect(step.output()).toBe("label=gpu-large\n");
  });

  test("is named in a file of the repository", async () => {
    const step = fakeStep({}, { GITHUB_API_URL: server.url });
    mkdirSync(join(step.cwd, ".github"));
    cpSync(".github/gpu-runner.txt", join(step.cwd, ".github/gpu-runner.txt"));
    expect(await gpuRunner(step)).toBe(0);
    writeFileSync(join(step.cwd, ".github/gpu-runner.txt"), "# label\ngpu-small\n");
    await gpuRunner(step);
    expect(step.output()).toBe("label=\nlabel=gpu-small\n");
  });

  test("must be a label", async () => {
    expect(await guarded(gpuRunner, fakeStep({}, { PLATEAU_GPU_RUNNER: "x\ny" }))).toBe(2);
  });
});

describe("a seed", () => {
  test("is fresh, and one for all shards", async () => {
    const steps = [fakeStep({}), fakeStep({})];
    for (const step of steps) await drawSeed(step);
    const outputs = steps.map((step) => step.output());
    for (const output of outputs) expect(output).toMatch(/^seed=\d+\n$/);
    expect(outputs[0]).not.toBe(outputs[1]);
  });

  test("may be one of before", async () => {
    const step = fakeStep({}, { PLATEAU_SEED: "42" });
    await drawSeed(step);
    expect(readFileSync(join(step.cwd, "output"), "utf8")).toBe("seed=42\n");
    rmSync(step.cwd, { recursive: true });
  });
});
