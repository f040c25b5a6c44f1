import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readProject } from "./project.ts";
import { findRoots, homeOf, packageRoot } from "./roots.ts";

const fresh = () => realpathSync(mkdtempSync(join(tmpdir(), "plateau-project-")));

function project(text: string): string {
  const folder = fresh();
  mkdirSync(join(folder, "suites/paper"), { recursive: true });
  writeFileSync(join(folder, "plateau.json"), text);
  return folder;
}

describe("what a project says of itself", () => {
  test("is its seed and why that one", () => {
    expect(readProject(project('{ "seed": "17", "because": "drawn by lot" }'))).toMatchObject({ seed: "17" });
  });

  test("is a seed that nobody picked where it says nothing", () => {
    expect(readProject(fresh()).seed).toBe("1");
  });

  test.each([
    ["no JSON", "{", /plateau\.json requires JSON/],
    ["a number for a seed", '{ "seed": 17, "because": "b" }', /invalid at seed/],
    ["a seed that is none", '{ "seed": "-1", "because": "b" }', /invalid at seed: .*whole number below 2\^64/],
    ["a seed without a reason", '{ "seed": "17" }', /invalid at because/],
    ["a misspelt field", '{ "seed": "17", "because": "b", "sed": "" }', /invalid at its top: .*sed/],
  ])("is refused with %s", (_, text, says) => {
    expect(() => readProject(project(text))).toThrow(says);
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

  test("has its runnable suites where it says that compiled code is, which has to be built", () => {
    const folder = project('{ "seed": "17", "because": "drawn by lot", "compiled": "dist" }');
    const at = { env: {}, cwd: folder };
    expect(() => findRoots(undefined, at)).toThrow(/needs a folder dist\/suites\/, found none: .* so build it first/);
    mkdirSync(join(folder, "dist/suites"), { recursive: true });
    expect(findRoots(undefined, at)).toMatchObject({ suites: join(folder, "dist"), repository: folder });
  });
});

describe("results and store", () => {
  const sound = '{ "seed": "17", "because": "drawn by lot" }';

  test("lie in the project's folder, from wherever in it a command is given", () => {
    const folder = project(sound);
    const below = join(folder, "suites/paper");
    expect(homeOf(undefined, { env: {}, cwd: below })).toBe(folder);
    expect(homeOf("../..", { env: {}, cwd: below })).toBe(folder);
    expect(homeOf(undefined, { env: { PLATEAU_ROOT: folder }, cwd: below })).toBe(folder);
  });

  test("lie in the current folder where there is no project around it, or another one was named", () => {
    const [folder, other] = [project(sound), fresh()];
    expect(homeOf(undefined, { env: {}, cwd: other })).toBe(other);
    expect(homeOf(folder, { env: {}, cwd: other })).toBe(other);
    expect(homeOf(other, { env: {}, cwd: join(folder, "suites") })).toBe(join(folder, "suites"));
  });
});
