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
  const cwd = mkdtempSync(join(tmpdir(), "plateau-place-"));
  expect(newResultFolder({ cwd, now }, "smoke")).toBe(join(cwd, "results", "2026-01-02T03-04-05Z-smoke"));
});

test("runs that start in one second have a folder each", () => {
  const cwd = mkdtempSync(join(tmpdir(), "plateau-place-"));
  const names = [1, 2, 3].map(() => basename(newResultFolder({ cwd, now }, "full")));
  const stamp = "2026-01-02T03-04-05Z-full";
  expect(names).toEqual([stamp, `${stamp}-2`, `${stamp}-3`]);
});

test("a run that began last is gone on with until its result is there, and shown by nobody before", async () => {
  const cwd = mkdtempSync(join(tmpdir(), "plateau-place-"));
  const folder = (name: string) => join(cwd, "results", name);
  await pointToLatest({ cwd }, folder("old"));
  await pointToUnfinished({ cwd }, folder("new"));
  expect([await latestRun({ cwd }), await latestFolder({ cwd })]).toEqual([folder("new"), folder("old")]);
  await pointToLatest({ cwd }, folder("new"));
  expect([await latestRun({ cwd }), await latestFolder({ cwd })]).toEqual([folder("new"), folder("new")]);
});

test("the last result is found where its folder was moved to", async () => {
  const cwd = mkdtempSync(join(tmpdir(), "plateau-place-"));
  await pointToLatest({ cwd: join(cwd, "a") }, join(cwd, "a", "results", "run"));
  renameSync(join(cwd, "a"), join(cwd, "b"));
  expect(await latestFolder({ cwd: join(cwd, "b") })).toBe(join(cwd, "b", "results", "run"));
});

test("the last run's folder is found again, and none is an error that names the pointer", async () => {
  const cwd = mkdtempSync(join(tmpdir(), "plateau-place-"));
  await expect(latestFolder({ cwd })).rejects.toThrow(/results.latest is not there/);
  await pointToLatest({ cwd }, "/elsewhere/run");
  expect(await latestFolder({ cwd })).toBe("/elsewhere/run");
  expect(await resultPath(undefined, { cwd })).toBe(join("/elsewhere/run", "result.json"));
});

test("a named folder means its result.json, a named file itself", async () => {
  expect(await resultPath("a", { cwd: "/here" })).toBe(join("/here", "a", "result.json"));
  expect(await resultPath("a/b.json", { cwd: "/here" })).toBe(join("/here", "a", "b.json"));
});

test("a path is shown relative only inside the current folder", () => {
  expect(shownPath(join("/here", "a", "b"), { cwd: "/here" })).toBe(join("a", "b"));
  expect(shownPath("/there/b", { cwd: "/here" })).toBe("/there/b");
});
