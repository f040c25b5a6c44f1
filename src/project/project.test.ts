import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readProject } from "./project.ts";
import { findRoots, packageRoot } from "./roots.ts";

const fresh = () => realpathSync(mkdtempSync(join(tmpdir(), "plateau-project-")));

function project(text: string): string {
  const folder = fresh();
  mkdirSync(join(folder, "suites/paper"), { recursive: true });
  writeFileSync(join(folder, "plateau.json"), text);
  return folder;
}

describe("what a project says of itself", () => {
  test("is its seed and why that one", async () => {
    expect(await readProject(project('{ "seed": "17", "because": "drawn by lot" }'))).toMatchObject({ seed: "17" });
  });

  test("is a seed that nobody picked where it says nothing", async () => {
    expect((await readProject(fresh())).seed).toBe("1");
  });

  test.each([
    ["no JSON", "{", /plateau\.json requires JSON/],
    ["a number for a seed", '{ "seed": 17, "because": "b" }', /invalid at seed/],
    ["a seed that is none", '{ "seed": "-1", "because": "b" }', /invalid at seed: .*whole number below 2\^64/],
    ["a seed without a reason", '{ "seed": "17" }', /invalid at because/],
    ["a misspelt field", '{ "seed": "17", "because": "b", "sed": "" }', /invalid at its top: .*sed/],
  ])("is refused with %s", async (_, text, says) => {
    await expect(readProject(project(text))).rejects.toThrow(says);
  });
});

describe("the root of a project", () => {
  const sound = '{ "seed": "17", "because": "drawn by lot" }';

  test("is the nearest folder upwards with a plateau.json", () => {
    const folder = project(sound);
    const below = join(folder, "suites/paper");
    expect(findRoots(undefined, { env: {}, cwd: below })).toEqual({
      ...{ suites: folder, baselines: join(folder, "baselines"), repository: folder },
    });
  });

  test("is what was asked for before PLATEAU_ROOT, and that before a folder upwards", () => {
    const [asked, named, around] = [project(sound), project(sound), project(sound)];
    const at = { env: { PLATEAU_ROOT: named }, cwd: around };
    expect(findRoots(asked, at).repository).toBe(asked);
    expect(findRoots(undefined, at).repository).toBe(named);
    expect(findRoots(undefined, { env: {}, cwd: around }).repository).toBe(around);
  });

  test("is this package where there is none", () => {
    expect(findRoots(undefined, { env: {}, cwd: fresh() }).repository).toBe(packageRoot());
  });

  test("is refused where it was named and has no suites", () => {
    expect(() => findRoots("nowhere", { env: {}, cwd: fresh() })).toThrow(
      /nowhere needs a folder suites\/, found none/,
    );
  });
});
