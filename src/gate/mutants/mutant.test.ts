import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { chooseMutants } from "./choose-mutants.ts";
import { type Mutant, plant, readMutants } from "./mutant.ts";

const mutant = (id: string): Omit<Mutant, "area"> => ({
  id,
  guards: "addition",
  fault: "it takes away",
  file: "sum.ts",
  from: "a + b",
  to: "a - b",
  killer: { test: "sum.test.ts" },
});
const folderWith = (files: Readonly<Record<string, unknown>>) => {
  const folder = mkdtempSync(join(tmpdir(), "plateau-mutants-"));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), JSON.stringify(content));
  return folder;
};

describe("readMutants", () => {
  test("reads areas in the order of their files' names", () => {
    const folder = folderWith({
      "2-late.json": { area: "late", mutants: [mutant("b")] },
      "1-early.json": { area: "early", mutants: [mutant("a")] },
    });
    expect(readMutants(folder).map(({ id, area }) => [id, area])).toEqual([
      ["a", "early"],
      ["b", "late"],
    ]);
  });

  test.each([
    ["two of one id", { area: "one", mutants: [mutant("a"), mutant("a")] }, "found two named a"],
    ["none", { area: "one", mutants: [] }, "mutants"],
    ["one without a killer", { area: "one", mutants: [{ ...mutant("a"), killer: {} }] }, "mutants.0.killer"],
  ])("refuses %s", (_, content, message) => {
    expect(() => readMutants(folderWith({ "1.json": content }))).toThrow(message);
  });
});

describe("plant", () => {
  const tree = mkdtempSync(join(tmpdir(), "plateau-tree-"));
  mkdirSync(join(tree, "src"));
  const planted = (from: string) => plant(tree, { file: "src/sum.ts", from, to: "a - b" });
  const text = () => readFileSync(join(tree, "src/sum.ts"), "utf8");

  test("changes one text, and takes the fault out again", () => {
    writeFileSync(join(tree, "src/sum.ts"), "return a + b;");
    const mend = planted("a + b");
    expect(text()).toBe("return a - b;");
    mend();
    expect(text()).toBe("return a + b;");
  });

  test.each([
    ["nowhere", "a * b", "found 0"],
    ["twice", "a", "found 2"],
  ])("refuses a text that stands %s", (_, from, message) => {
    writeFileSync(join(tree, "src/sum.ts"), "a + a");
    expect(() => planted(from)).toThrow(`one place in src/sum.ts, ${message}`);
  });
});

describe("chooseMutants", () => {
  const all = ["a", "b", "c", "d", "e", "f"].map((id) => ({ ...mutant(id), area: "one" }));
  const ids = (wanted: string, seed = "1") => chooseMutants(all, wanted, seed).map(({ id }) => id);

  test("takes all, or those that are named", () => {
    expect(ids("all")).toHaveLength(6);
    expect(ids("e,a")).toEqual(["e", "a"]);
    expect(() => ids("a,z")).toThrow("no mutant z");
  });

  test("draws as many as are asked for, by the seed alone, and over seeds each of them", () => {
    expect(ids("3", "7")).toEqual(ids("3", "7"));
    expect(new Set(ids("3"))).toHaveProperty("size", 3);
    const drawn = Array.from({ length: 40 }, (_, seed) => ids("1", String(seed))[0]);
    expect(new Set(drawn)).toHaveProperty("size", 6);
  });
});
