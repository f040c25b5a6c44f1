import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { latestFolder, newResultFolder, pointToLatest, resultPath, shownPath } from "./result-place.ts";

const now = () => new Date("2026-01-02T03:04:05.678Z");

test("a new result's folder is named by time and tier, in characters that every file system takes", () => {
  expect(newResultFolder({ cwd: "/here", now }, "smoke")).toBe(join("/here", "results", "2026-01-02T03-04-05Z-smoke"));
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
