import { mkdtempSync, renameSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import {
  latestFolder,
  latestRun,
  newResultFolder,
  pointToLatest,
  pointToUnfinished,
  resultPath,
  shownPath,
} from "./result-place.ts";

const now = () => new Date("2026-01-02T03:04:05.678Z");

test("a new result's folder is named by time and tier, in characters that every file system takes", () => {
  const home = mkdtempSync(join(tmpdir(), "plateau-place-"));
  expect(newResultFolder({ home, now }, "smoke")).toBe(join(home, "results", "2026-01-02T03-04-05Z-smoke"));
});

test("runs that start in one second have a folder each", () => {
  const home = mkdtempSync(join(tmpdir(), "plateau-place-"));
  const names = [1, 2, 3].map(() => basename(newResultFolder({ home, now }, "full")));
  const stamp = "2026-01-02T03-04-05Z-full";
  expect(names).toEqual([stamp, `${stamp}-2`, `${stamp}-3`]);
});

test("a run that began last is gone on with until its result is there, and shown by nobody before", async () => {
  const home = mkdtempSync(join(tmpdir(), "plateau-place-"));
  const folder = (name: string) => join(home, "results", name);
  await pointToLatest({ home }, folder("old"));
  await pointToUnfinished({ home }, folder("new"));
  expect([await latestRun({ home }), await latestFolder({ home })]).toEqual([folder("new"), folder("old")]);
  await pointToLatest({ home }, folder("new"));
  expect([await latestRun({ home }), await latestFolder({ home })]).toEqual([folder("new"), folder("new")]);
});

test("the last result is found where its folder was moved to", async () => {
  const home = mkdtempSync(join(tmpdir(), "plateau-place-"));
  await pointToLatest({ home: join(home, "a") }, join(home, "a", "results", "run"));
  renameSync(join(home, "a"), join(home, "b"));
  expect(await latestFolder({ home: join(home, "b") })).toBe(join(home, "b", "results", "run"));
});

test("the last run's folder is found again, and none is an error that names the pointer", async () => {
  const home = mkdtempSync(join(tmpdir(), "plateau-place-"));
  await expect(latestFolder({ home })).rejects.toThrow(/results.latest is not there/);
  await pointToLatest({ home }, "/elsewhere/run");
  expect(await latestFolder({ home })).toBe("/elsewhere/run");
  expect(await resultPath(undefined, { cwd: "/here", home })).toBe(join("/elsewhere/run", "result.json"));
});

test("a named folder means its result.json, a named file itself", async () => {
  expect(await resultPath("a", { cwd: "/here", home: "/project" })).toBe(join("/here", "a", "result.json"));
  expect(await resultPath("a/b.json", { cwd: "/here", home: "/project" })).toBe(join("/here", "a", "b.json"));
});

test("a path is shown relative only inside the current folder", () => {
  expect(shownPath(join("/here", "a", "b"), { cwd: "/here" })).toBe(join("a", "b"));
  expect(shownPath("/there/b", { cwd: "/here" })).toBe("/there/b");
});
