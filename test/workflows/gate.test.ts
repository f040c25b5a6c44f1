import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { beforeAll, describe, expect, test } from "vitest";
import { sealed } from "../../src/claim/evidence/digests.ts";
import type { ClaimEvidence, Result } from "../../src/claim/result.ts";
import { answered } from "../answered.ts";
import { FIXTURE_ROOT } from "../cli/recording-io.ts";

const PLATEAU = fileURLToPath(new URL("../../dist/src/cli/main.js", import.meta.url));

/** Two claims in one suite: one a shard. */
const SUITE = `import holds from "./behaviour/holds.claim.js";
import other from "./behaviour/is-refuted.claim.js";
export default { name: "demo", title: "Demo", errors: { falseVerdict: 1e-3, undecided: 1e-2 },
  claims: [holds, other].map((claim) => ({ claim, share: 0.5 })), minutes: { smoke: 1, full: 1 } };
`;
const HOLDS = 'import { demoClaim } from "../claim.js";\n\nexport default demoClaim("is-refuted", { centre: 0.01 });\n';

/** Every answer 99, and what it says as it was. */
function farOff(claim: ClaimEvidence): ClaimEvidence {
  const arms = claim.arms.map((arm) => {
    return {
      ...arm,
      units: arm.units.map((unit) => ({ ...unit, estimate: 99, interval: [98, 100] as [number, number] })),
    };
  });
  return { ...claim, arms };
}

interface Answer {
  readonly exit: number | undefined;
  readonly log: string;
  readonly summary: string;
  readonly output: string;
}

let root: string;
let base: string;

/** A repository whose claims hold, computed in two shards by the steps of check.yml, merged, accepted and committed. */
beforeAll(async () => {
  root = join(mkdtempSync(join(tmpdir(), "plateau-gate-")), "repository");
  cpSync(FIXTURE_ROOT, root, { recursive: true });
  writeFileSync(join(root, "suites/demo/demo.suite.js"), SUITE);
  writeFileSync(join(root, "suites/demo/behaviour/is-refuted.claim.js"), HOLDS);
  writeFileSync(join(root, ".gitignore"), "results/\n.plateau/\n");
  await git("init", "-q", "-b", "main");
  await commit("suites");
  for (const shard of ["1/2", "2/2"]) expect(await step("run", { PLATEAU_SHARD: shard })).toMatchObject({ exit: 0 });
  expect(await step("merge")).toMatchObject({ exit: 0 });
  const accepted = await execa("node", [PLATEAU, "accept", "results/ci/merged", "--reason", "first"], {
    cwd: root,
    env: { PLATEAU_ROOT: root, CI: undefined, GITHUB_ACTIONS: undefined },
    reject: false,
  });
  expect(accepted.stdout, accepted.stderr).toContain("accepted 2 claims");
  await commit("baselines");
  base = (await git("rev-parse", "HEAD")).stdout;
}, 120_000);

async function git(...words: readonly string[]) {
  return execa("git", ["-C", root, "-c", "user.name=test", "-c", "user.email=test@example.org", ...words]);
}

async function commit(message: string): Promise<void> {
  await git("add", "-A");
  await git("commit", "-q", "-m", message);
}

/** A step as the workflow runs it, with the files that GitHub gives it. */
async function step(
  name: string,
  env: Readonly<Record<string, string>> = {},
  event: unknown = {},
  cwd = root,
): Promise<Answer> {
  const folder = mkdtempSync(join(tmpdir(), "plateau-github-"));
  const file = (path: string, text: string) => {
    writeFileSync(join(folder, path), text);
    return join(folder, path);
  };
  const github = {
    GITHUB_ACTIONS: "true",
    GITHUB_EVENT_PATH: file("event.json", JSON.stringify(event)),
    GITHUB_STEP_SUMMARY: file("summary.md", ""),
    GITHUB_OUTPUT: file("output", ""),
    GITHUB_REPOSITORY: "someone/plateau",
  };
  const answer = await execa("node", [PLATEAU, "ci", name], {
    cwd,
    env: { PLATEAU_ROOT: root, PLATEAU_RESULT: undefined, PLATEAU_BASE: undefined, ...github, ...env },
    reject: false,
    all: true,
  });
  const read = (path: string) => readFileSync(join(folder, path), "utf8");
  return { exit: answer.exitCode, log: answer.all, summary: read("summary.md"), output: read("output") };
}

const pullRequest = () => ({ pull_request: { number: 7, head: { sha: "a".repeat(40) }, base: { sha: base } } });

/** What the tests change of a result. */
interface Spoilt {
  evidence: { claims: ClaimEvidence[] };
}

/** The gate on the merged result with a change and digests to fit, with or without its samples. */
async function gateOn(
  change: (result: Spoilt) => object,
  { samples = false, event = {} as unknown } = {},
): Promise<Answer> {
  const merged = join(root, "results/ci/merged");
  const changed = change(JSON.parse(readFileSync(join(merged, "result.json"), "utf8")));
  const folder = mkdtempSync(join(root, "results/ci/changed-"));
  writeFileSync(
    join(folder, "result.json"),
    JSON.stringify("evidence" in changed ? sealed(changed as Result) : changed),
  );
  if (samples) cpSync(join(merged, "samples"), join(folder, "samples"), { recursive: true });
  return step("gate", { PLATEAU_RESULT: relative(root, folder) }, event);
}

describe("the gate is green", () => {
  test("for a run that is as it was accepted, and packs an artifact for the comment", async () => {
    const { exit, log, summary, output } = await step("gate", {}, pullRequest());
    expect(log).toContain("✓ Green: nothing changed; tier smoke, 2 claims: 2 supported, 0 refuted");
    expect(exit).toBe(0);
    expect(summary).toContain("**✓ Green");
    expect(summary).toContain(`baselines of ${base.slice(0, 10)}`);
    expect(output).toBe("verdict=green\nexit=0\n");
    const read = (name: string) => JSON.parse(readFileSync(join(root, "results/ci/artifact", name), "utf8"));
    expect(read("pull-request.json")).toEqual({ schema: 1, number: 7, head: "a".repeat(40) });
    expect(read("result.json").evidence.claims).toHaveLength(2);
    expect(read("changes.json").notes).toEqual([]);
    expect(readFileSync(join(root, "results/ci/junit.xml"), "utf8")).toContain("<testsuites");
  });

  test("after a push, held against what the branch was before", async () => {
    const { exit, summary } = await step("gate", {}, { before: base });
    expect(exit).toBe(0);
    expect(summary).toContain(`baselines of ${base.slice(0, 10)}`);
  });
});

describe("a base whose baselines are of another schema", () => {
  test("has nothing comparable, says so, and makes nothing red", async () => {
    const path = join(root, "baselines/demo/behaviour/holds.jsonl");
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace('"schema":2', '"schema":3'));
    await commit("a schema of another version");
    const other = (await git("rev-parse", "HEAD")).stdout;
    writeFileSync(path, text);
    await commit("the schema of this one");
    const { exit, summary, output } = await step("gate", {}, { before: other });
    expect(summary).toContain(`nothing is comparable with those of ${other.slice(0, 10)}, which are of another schema`);
    expect(exit).toBe(0);
    expect(output).toBe("verdict=green\nexit=0\n");
  });
});

describe("the gate is red", () => {
  test("with status 2 for other bytes than its own samples have", async () => {
    const change = (result: Spoilt) => {
      result.evidence.claims[0]!.arms[0]!.cells[0]!.blocks[1] = "0123456789abcdef";
      return result;
    };
    const { exit, log } = await gateOn(change, { samples: true });
    expect(exit).toBe(2);
    expect(log).toMatch(
      /does not follow from its samples: claim demo\/behaviour\/[a-z-]+, arm claimed: its samples give another cell 1/,
    );
  });

  test("with status 1 for other bytes, marked at the claim's file", async () => {
    const change = (result: Spoilt) => {
      result.evidence.claims[0]!.arms[0]!.cells[0]!.blocks[1] = "0123456789abcdef";
      return result;
    };
    const { exit, log, output } = await gateOn(change, { event: pullRequest() });
    expect(exit).toBe(1);
    expect(log).toMatch(/::error .*title=.*::demo\/behaviour\/[a-z-]+: bytes changed/);
    expect(output).toBe("verdict=red\nexit=1\n");
  });

  test("with status 1 for a refuted claim", async () => {
    const change = (result: Spoilt) => {
      const [claim] = result.evidence.claims;
      claim!.outcome = "fails";
      claim!.arms[0] = answered(claim!.arms[0]!, "refuted");
      return result;
    };
    const { exit, summary } = await gateOn(change);
    expect(exit).toBe(1);
    expect(summary).toContain("**✗ Red: 1 claim fails");
  });

  test.each([
    [
      "a claim that was not run",
      (result: Spoilt) => ({ ...result, evidence: { ...result.evidence, claims: result.evidence.claims.slice(1) } }),
      1,
      /not run, though the baselines have it/,
    ],
    [
      "no claims at all",
      (result: Spoilt) => ({ ...result, evidence: { ...result.evidence, claims: [] } }),
      2,
      /nothing was checked/,
    ],
    [
      "a verdict that its arms do not bear",
      ({ evidence, ...result }: Spoilt) => {
        const claims = evidence.claims.map((claim) => ({ ...claim, outcome: "fails" as const }));
        return { ...result, evidence: { ...evidence, claims } };
      },
      2,
      /its arms come to/,
    ],
    [
      "an estimate far outside its region that is supported",
      (result: Spoilt) => ({ ...result, evidence: { ...result.evidence, claims: result.evidence.claims.map(farOff) } }),
      2,
      /nothing was checked: .*supported by the interval \[98, 100\] with the region/,
    ],
    ["what is no result", () => ({}), 2, /nothing was checked/],
  ])("for %s", async (_, change, status, message) => {
    const { exit, log } = await gateOn(change, { event: pullRequest() });
    expect(exit).toBe(status);
    expect(log).toMatch(message);
  });

  test("for no result, and the artifact says why", async () => {
    const { exit, output } = await step("gate", { PLATEAU_RESULT: "nowhere" }, pullRequest());
    expect(exit).toBe(2);
    expect(output).toBe("verdict=red\nexit=2\n");
    const note = JSON.parse(readFileSync(join(root, "results/ci/artifact/pull-request.json"), "utf8"));
    expect(note.problem).toContain("nowhere");
    expect(existsSync(join(root, "results/ci/artifact/result.json"))).toBe(false);
  });

  test("for missing baselines", async () => {
    const hidden = `${root}-baselines`;
    cpSync(join(root, "baselines"), hidden, { recursive: true });
    rmSync(join(root, "baselines"), { recursive: true });
    try {
      const { exit, log } = await step("gate");
      expect(exit).toBe(2);
      expect(log).toMatch(/has no baselines, needed to compare/);
    } finally {
      cpSync(hidden, join(root, "baselines"), { recursive: true });
    }
  });

  test("for a base commit that is not there", async () => {
    const { exit, log } = await step("gate", {}, { pull_request: { base: { sha: "b".repeat(40) } } });
    expect(exit).toBe(2);
    expect(log).toMatch(/base commit b{40} is not in this checkout/);
  });
});

describe("the merge is red", () => {
  test("without a shard", async () => {
    const { exit, log } = await step("merge", {}, {}, mkdtempSync(join(tmpdir(), "plateau-no-shard-")));
    expect(exit).toBe(2);
    expect(log).toContain("no shard was found");
  });

  test("with one shard too few, and names it", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "plateau-one-shard-"));
    mkdirSync(join(cwd, "results/ci"), { recursive: true });
    cpSync(join(root, "results/ci/shards/1-of-2"), join(cwd, "results/ci/shards/1-of-2"), { recursive: true });
    const { exit, log } = await step("merge", {}, {}, cwd);
    expect(exit).not.toBe(0);
    expect(log).toContain("needs all 2 shards, missing 2");
  });
});

describe("a run is red", () => {
  test.each([
    ["a shard that is none", { PLATEAU_SHARD: "1/2; rm -rf /" }, /requires i\/n/],
    ["a tier that is none", { PLATEAU_TIER: "huge" }, /needs one of smoke full deep/],
  ])("for %s", async (_, env, message) => {
    const { exit, log } = await step("run", env, {}, mkdtempSync(join(tmpdir(), "plateau-run-")));
    expect(exit).toBe(2);
    expect(log).toMatch(message);
  });

  test("for a step that is none", async () => {
    expect(await step("constructor")).toMatchObject({
      exit: 2,
      log: expect.stringContaining("ci needs one of setup run merge gate"),
    });
  });
});

describe("a claim that was changed", () => {
  const file = () => join(root, "suites/demo/behaviour/holds.claim.js");
  const plateau = (...words: readonly string[]) =>
    execa("node", [PLATEAU, ...words], {
      cwd: root,
      env: { PLATEAU_ROOT: root, CI: undefined, GITHUB_ACTIONS: undefined },
      reject: false,
    });

  test("is red with its old and new margin, until it is accepted; then it is shown and green", async () => {
    const text = readFileSync(file(), "utf8");
    const prediction = `{ prediction: { says: "equals", statistic: "mean", of: "value", value: 0, within: 0.5,
      because: "wider", expected: { spread: 0.289, family: { skewness: 0, excessKurtosis: 0 } } } }`;
    writeFileSync(file(), text.replace('demoClaim("holds")', `demoClaim("holds", ${prediction})`));
    await commit("widen a margin");
    expect(await step("run")).toMatchObject({ exit: 0 });
    const red = await step("gate", {}, pullRequest());
    expect(red.exit).toBe(1);
    expect(red.summary).toMatch(/margin widened: ± 0.4 before, ± 0.5 now/);
    const accepted = await plateau("accept", "results/ci/merged", "--reason", "wider on purpose");
    expect(accepted.exitCode, accepted.stderr).toBe(0);
    await commit("accept it");
    const green = await step("gate", {}, pullRequest());
    expect(green.log).toContain("1 accepted change");
    expect(green.exit).toBe(0);
    expect(green.summary).toContain("margin widened");
    expect(green.log).toContain("::warning ");
  });
});
