import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { beforeAll, describe, expect, test } from "vitest";
import { sealed } from "../../src/claim/evidence/digests.ts";
import type { Result } from "../../src/claim/result.ts";
import { plateauProcess } from "./compiled.ts";
import { FIXTURE_ROOT, freshFolder, plateau } from "./recording-io.ts";

let origin: string;

async function git(root: string, ...words: readonly string[]): Promise<void> {
  await execa("git", ["-C", root, "-c", "user.name=test", "-c", "user.email=test@example.org", ...words]);
}

/** A repository whose experiment needs a file of a folder that no convention names, and a result of its commit. */
beforeAll(async () => {
  origin = join(freshFolder(), "repository");
  cpSync(FIXTURE_ROOT, origin, { recursive: true });
  mkdirSync(join(origin, "shared"));
  writeFileSync(join(origin, "shared/shift.js"), "export const SHIFT = 0;\n");
  const noise = join(origin, "suites/demo/noise.js");
  writeFileSync(noise, `import "../../shared/shift.js";\n${readFileSync(noise, "utf8")}`);
  writeFileSync(join(origin, ".gitignore"), "out/\n.plateau/\nresults/\n");
  await git(origin, "init", "-q");
  await git(origin, "add", "-A");
  await git(origin, "commit", "-q", "-m", "suites");
  const { exitCode, stderr } = await plateauProcess(["run", "holds", "--out", "out"], {
    cwd: origin,
    env: { PLATEAU_ROOT: origin },
  });
  expect(exitCode, stderr).toBe(0);
}, 60_000);

/** What `accept` says in a copy that was spoilt. */
async function acceptAfter(spoil: (root: string) => Promise<unknown> | unknown) {
  const root = join(freshFolder(), "repository");
  cpSync(origin, root, { recursive: true });
  await spoil(root);
  return plateau(["accept", "out", "--reason", "first"], { cwd: root, env: { PLATEAU_ROOT: root } });
}

function edit(change: (result: Result) => unknown, { anew = true } = {}) {
  return (root: string) => {
    const path = join(root, "out/result.json");
    const result = JSON.parse(readFileSync(path, "utf8")) as Result;
    change(result);
    writeFileSync(path, JSON.stringify(anew ? sealed(result) : result));
  };
}

const unitOf = ({ evidence }: Result) => evidence.claims[0]!.arms[0]!.units[0]!;

test("accept takes a result of the code that is committed, also where only other files changed since", async () => {
  const answer = await acceptAfter(async (root) => {
    writeFileSync(join(root, "NOTES"), "nothing of the experiment\n");
    await git(root, "add", "-A");
    await git(root, "commit", "-q", "-m", "a note");
  });
  expect(answer).toMatchObject({ exit: 0, stderr: "" });
});

describe("accept refuses", () => {
  test.each([
    [
      "a result of code that changed since in a file that its samples' keys name",
      async (root: string) => {
        writeFileSync(join(root, "shared/shift.js"), "export const SHIFT = 1;\n");
        await git(root, "add", "-A");
        await git(root, "commit", "-q", "-m", "shift");
      },
      /samples of demo-noise\S* by other code than is here|shared\/shift\.js changed since/,
    ],
    [
      "code that git was told to overlook",
      async (root: string) => {
        await git(root, "update-index", "--assume-unchanged", "shared/shift.js");
        writeFileSync(join(root, "shared/shift.js"), "export const SHIFT = 2;\n");
      },
      /by other code than is here/,
    ],
    [
      "a result that names no commit",
      edit((result) => {
        result.provenance.commit = null;
      }),
      /names no commit/,
    ],
    [
      "a result that does not know whether its code was committed",
      edit((result) => {
        result.provenance.dirty = null;
      }),
      /the smoke result's was not/,
    ],
    [
      "a result of a commit that is not here",
      edit((result) => {
        result.provenance.commit = "0".repeat(40);
      }),
      /a commit that is not here/,
    ],
    [
      "an edited number",
      edit(
        (result) => {
          unitOf(result).estimate = 0.001;
        },
        { anew: false },
      ),
      /its evidence was edited or damaged/,
    ],
    [
      "an edited number with new digests",
      edit((result) => {
        unitOf(result).estimate = 0.001;
      }),
      /does not follow from its samples: claim demo\/behaviour\/holds, arm claimed: .*estimate is 0\.001, its samples give/,
    ],
    [
      "an estimate outside its region that is supported",
      edit((result) => {
        Object.assign(unitOf(result), { estimate: 99, interval: [98, 100] });
      }),
      /supported by the interval \[98, 100\] with the region/,
    ],
    [
      "a claim that holds over a refuted arm",
      edit(({ evidence }) => {
        evidence.claims[0]!.arms[0]!.state = "refuted";
      }),
      /says refuted, its answers come to supported/,
    ],
    [
      "another share of the budget",
      edit(({ evidence }) => {
        evidence.claims[0]!.share /= 2;
      }),
      /their shares of the budget/,
    ],
    [
      "samples that are gone",
      (root: string) =>
        edit(({ provenance }) => {
          for (const entry of Object.values(provenance.samples)) entry.digest = "0".repeat(64);
        })(root),
      /samples .* cannot be read/,
    ],
  ] satisfies readonly [string, (root: string) => unknown, RegExp][])("%s", async (_, spoil, message) => {
    const { exit, stderr } = await acceptAfter(spoil);
    expect(stderr).toMatch(message);
    expect(exit).toBe(2);
  });
});
