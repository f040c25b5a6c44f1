import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sealed, sealedLine } from "../../src/claim/evidence/digests.ts";
import type { ClaimEvidence, Result } from "../../src/claim/result.ts";
import { drawSeed } from "../../src/gate/draw-seed.ts";
import { appendHistory } from "../../src/gate/github/append-history.ts";
import { nightlyIssue } from "../../src/gate/github/nightly-issue.ts";
import { gpuRunner } from "../../src/gate/gpu-runner.ts";
import { guarded } from "../../src/gate/step.ts";
import { historyEntry, historyLine } from "../../src/report/history.ts";
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
  writeFileSync(join(step.cwd, "results/ci/merged/result.json"), JSON.stringify(sealed(result)));
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

  async function lines(file = "smoke-2026-01.jsonl"): Promise<readonly string[]> {
    const { stdout } = await execa("git", ["-C", remote, "show", `history:${file}`]);
    return stdout.split("\n");
  }

  /** Pushes a file as a person or an older version has written it. */
  async function write(file: string, text: string): Promise<void> {
    const clone = mkdtempSync(join(tmpdir(), "plateau-clone-"));
    await execa("git", ["clone", "-q", "-b", "history", remote, clone]);
    writeFileSync(join(clone, file), text);
    const author = ["-c", "user.name=test", "-c", "user.email=test@example.org"];
    await execa("git", ["-C", clone, "add", "-A"]);
    await execa("git", ["-C", clone, ...author, "commit", "-q", "-m", "write"]);
    await execa("git", ["-C", clone, "push", "-q", "origin", "history"]);
  }

  async function refuse(hook: string): Promise<void> {
    writeFileSync(join(remote, "hooks/pre-receive"), `#!/bin/sh\n${hook}\nexit 1\n`, { mode: 0o755 });
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

  test("has a file a month", async () => {
    const later = { ...sound, provenance: { ...sound.provenance, startedAt: "2026-02-01T00:00:00.000Z" } };
    for (const result of [at(1), later, later]) expect(await append(result)).toBe(0);
    expect(await lines()).toHaveLength(1);
    expect(await lines("smoke-2026-02.jsonl")).toHaveLength(1);
  });

  test("of one file, as older versions wrote it, goes on beside it and has none of its runs twice", async () => {
    await append(at(1));
    await write("smoke.jsonl", `${JSON.stringify(historyEntry(sealed(at(5))))}\n`);
    for (const second of [5, 6]) expect(await append(at(second))).toBe(0);
    expect(await lines()).toHaveLength(2);
    expect(await lines("smoke.jsonl")).toHaveLength(1);
  });

  test("keeps a line that cannot be read, names it, and goes on", async () => {
    await append(at(1));
    const newer = JSON.stringify(sealedLine({ ...historyEntry(at(2)), field: "of a later version" }));
    await write("smoke-2026-01.jsonl", `{broken\n${newer}`);
    const step = stepWith(at(3), { PLATEAU_HISTORY_REMOTE: remote });
    expect(await append(at(3), step)).toBe(0);
    expect(step.lines[0]).toMatch(/^::warning::smoke-2026-01\.jsonl:1 is no line of history/);
    expect((await lines()).slice(0, 2)).toEqual(["{broken", newer]);
    expect(await lines()).toHaveLength(3);
    expect(await append(at(2))).toBe(0);
    expect(await lines()).toHaveLength(3);
  });

  test.each([
    [
      "a protected branch",
      'echo "GH006: Protected branch update failed for refs/heads/history." >&2',
      /GH006: Protected/,
    ],
    [
      "a file over the host's limit",
      'echo "GH001: Large files detected." >&2; echo "File smoke.jsonl is 104.80 MB; this exceeds the limit" >&2',
      /GH001: Large files.*104\.80 MB/,
    ],
  ])("%s is told once, in the remote's own words", async (_, hook, words) => {
    await refuse(hook);
    const step = stepWith(at(1), { PLATEAU_HISTORY_REMOTE: remote });
    expect(await append(at(1), step)).toBe(2);
    expect(step.lines).toHaveLength(1);
    expect(step.lines[0]).toMatch(words);
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
