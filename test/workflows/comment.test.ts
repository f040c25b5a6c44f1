import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { comment } from "../../src/gate/github/comment.ts";
import { upsertComment } from "../../src/gate/github/upsert-comment.ts";
import { guarded } from "../../src/gate/step.ts";
import { type FakeStep, fakeStep } from "./fake-step.ts";
import { type GithubServer, githubServer } from "./github-server.ts";
import { sound } from "./sources.ts";
import { zip } from "./zip.ts";

const HEAD = "a".repeat(40);
let server: GithubServer;

beforeEach(async () => {
  server = await githubServer();
});

afterEach(() => server.close());

function step(event: unknown = {}): FakeStep {
  return fakeStep(event, { GITHUB_API_URL: server.url });
}

function write(markdown: string, run: number, each = step()) {
  return upsertComment(each, 7, { markdown, writer: { run, attempt: 1 } });
}

describe("the one comment", () => {
  test("is created, then written anew", async () => {
    expect(await write("first", 1)).toBe("created");
    expect(await write("second", 2)).toBe("updated");
    expect(server.comments.map(({ body }) => body)).toEqual(["<!-- plateau:report run=2 attempt=1 -->\nsecond"]);
  });

  test("is not that of a person who copied the marker", async () => {
    const user = { login: "mallory", type: "User" };
    server.comments.push({ id: 900, body: "<!-- plateau:report run=9 attempt=1 -->\nmine", user });
    expect(await write("ours", 1)).toBe("created");
    expect(server.comments).toHaveLength(2);
    expect(server.comments[0]!.body).toContain("mine");
  });

  test("is found behind a hundred others", async () => {
    const user = { login: "alice", type: "User" };
    server.comments.push(...Array.from({ length: 130 }, (_, at) => ({ id: 1000 + at, body: "talk", user })));
    await write("first", 1);
    expect(await write("second", 2)).toBe("updated");
    expect(server.comments).toHaveLength(131);
  });

  test("is one after two runs at once, that of the later run", async () => {
    for (let round = 1; round <= 5; round++) {
      server.comments.length = 0;
      await Promise.all([write("early", 2 * round), write("late", 2 * round + 1)]);
      expect(server.comments.map(({ body }) => body.split("\n")[1])).toEqual(["late"]);
    }
  });

  test("is not overwritten by an earlier run that ends late", async () => {
    await write("newer", 5);
    expect(await write("older", 4)).toBe("superseded");
    expect(server.comments[0]!.body).toContain("newer");
  });

  test("is refused on a fork", async () => {
    server.faults.push({ on: "POST", fault: { status: 403 } });
    expect(await write("x", 1)).toBe("refused");
    expect(server.requests).toHaveLength(2);
  });

  test.each([
    ["429 with Retry-After", { status: 429, headers: { "retry-after": "7" } }, 7000],
    ["403 with Retry-After", { status: 403, headers: { "retry-after": "3" } }, 3000],
    [
      "403 until the limit is reset",
      { status: 403, headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1767323055" } },
      10_000,
    ],
  ])("waits after %s", async (_, fault, pause) => {
    server.faults.push({ on: "POST", fault });
    const each = step();
    expect(await write("x", 1, each)).toBe("created");
    expect(each.pauses).toEqual([pause]);
  });

  test("is given up when the rate limit lasts an hour", async () => {
    server.faults.push({ on: "GET", fault: { status: 429, headers: { "retry-after": "3600" } } });
    await expect(write("x", 1)).rejects.toThrow("limits the rate of requests");
  });

  test("comes through a server's error", async () => {
    server.faults.push({ on: "GET", fault: { status: 502 } }, { on: "POST", fault: { status: 500 } });
    expect(await write("x", 1)).toBe("created");
    expect(server.comments).toHaveLength(1);
  });

  test("is not doubled where the server failed after it had done its work", async () => {
    server.faults.push({ on: "POST", fault: { status: 500, done: true } });
    await write("x", 1);
    expect(server.comments).toHaveLength(1);
  });

  test("is an error where the server stays broken", async () => {
    for (let at = 0; at < 40; at++) server.faults.push({ on: "GET", fault: { status: 503 } });
    await expect(write("x", 1)).rejects.toThrow("answers 503");
  });
});

describe("the second workflow", () => {
  const run = {
    ...{ id: 42, run_attempt: 1, event: "pull_request", conclusion: "failure", head_sha: HEAD, head_branch: "fix" },
    head_repository: { full_name: "fork/plateau" },
  };

  function left({ head = HEAD, number = 7, files = {} as Record<string, string> } = {}): void {
    const note = JSON.stringify({ schema: 1, number, head });
    const all = { "result.json": JSON.stringify(sound), "pull-request.json": note, ...files };
    server.artifact = { zip: zip(Object.entries(all).map(([name, data]) => ({ name, data }))) };
  }

  function leave(artifact: NonNullable<GithubServer["artifact"]>): void {
    server.artifact = artifact;
  }

  function pull(number: number, sha = HEAD, ref = "fix", repository = "fork/plateau"): void {
    server.pulls.set(number, { number, state: "open", head: { sha, ref, repo: { full_name: repository } } });
  }

  async function report(changes: object = {}) {
    const each = step({ workflow_run: { ...run, ...changes } });
    const exit = await guarded(comment, each);
    return { exit, log: each.lines.join("\n") };
  }

  test("comments on the pull request that was checked", async () => {
    left();
    pull(7);
    expect(await report()).toMatchObject({ exit: 0, log: "::notice::comment on pull request 7 created" });
    expect(server.comments[0]!.body).toContain("✓ Green");
    expect(server.comments[0]!.body).toContain("(https://someone.github.io/plateau)");
  });

  test("says why nothing was checked", async () => {
    left();
    const note = JSON.stringify({ schema: 1, number: 7, head: HEAD, problem: "shard 2 of 4 is missing @all" });
    server.artifact = { zip: zip([{ name: "pull-request.json", data: note }]) };
    pull(7);
    expect((await report()).exit).toBe(0);
    expect(server.comments[0]!.body).toContain("nothing was checked");
    expect(server.comments[0]!.body).toContain("shard 2 of 4 is missing &#64;&#8203;all");
  });

  test.each([
    ["another commit's artifact", () => left({ head: "b".repeat(40) }), /not its own/],
    ["another pull request's number", () => left({ number: 8 }), /not of the branch/],
    ["a number of no pull request", () => left({ number: 9 }), /answers 404/],
    ["no artifact", () => undefined, /no artifact plateau-report/],
    ["an artifact that is too large", () => leave({ zip: Buffer.alloc(1), size: 2 ** 30 }), /1073741824 bytes/],
    ["an artifact that is larger than it says", () => leave({ zip: Buffer.alloc(5 * 2 ** 20), size: 9 }), /more than/],
    ["a result that is none", () => left({ files: { "result.json": "{}" } }), /does not fit its schema/],
  ])("refuses %s and writes nothing", async (_, prepare, message) => {
    prepare();
    pull(7);
    pull(8, "c".repeat(40), "other", "somebody/plateau");
    const { exit, log } = await report();
    expect(exit).toBe(2);
    expect(log).toMatch(message);
    expect(server.comments).toEqual([]);
  });

  test("leaves a newer commit to its own run", async () => {
    left();
    pull(7, "d".repeat(40));
    expect(await report()).toMatchObject({ exit: 0, log: expect.stringContaining("has a newer commit") });
    expect(server.comments).toEqual([]);
  });

  test.each([
    ["a push", { event: "push" }],
    ["a run that was cancelled", { conclusion: "cancelled" }],
  ])("says nothing about %s", async (_, changes) => {
    expect((await report(changes)).exit).toBe(0);
    expect(server.requests).toEqual([]);
  });

  test("is not red for a refused comment, and says where the verdict stands", async () => {
    left();
    pull(7);
    server.faults.push({ on: "POST", fault: { status: 403 } });
    expect(await report()).toMatchObject({ exit: 0, log: expect.stringMatching(/^::warning::.*403/) });
  });

  test("never shows its token", async () => {
    left();
    server.faults.push({ on: "GET", fault: { status: 401 } });
    expect((await report()).log).not.toContain("secret-token");
  });
});
