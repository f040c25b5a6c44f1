import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { placeInHistory, readHistory } from "./history-folder.ts";

const folderWith = (files: Readonly<Record<string, string>>) => {
  const folder = mkdtempSync(join(tmpdir(), "plateau-history-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
};
const line = (at: string, more: object = {}) =>
  JSON.stringify({ schema: 1, at, commit: null, tier: "full", seed: "1", claims: [], ...more });
const JANUARY = { at: "2026-01-31T23:00:00.000Z", tier: "full" } as const;

test.each([
  ["the first run begins the month's file", {}, "full-2026-01.jsonl"],
  ["the old single file is left alone", { "full.jsonl": "" }, "full-2026-01.jsonl"],
  ["the month's file is gone on with", { "full-2026-01.jsonl": "12345" }, "full-2026-01.jsonl"],
  ["a full file has a continuation", { "full-2026-01.jsonl": "123456" }, "full-2026-01.2.jsonl"],
  ["and that another", { "full-2026-01.jsonl": "123456", "full-2026-01.2.jsonl": "123456" }, "full-2026-01.3.jsonl"],
])("%s", (_, files, append) => {
  expect(placeInHistory(folderWith(files), JANUARY, 5, 10).append).toBe(append);
});

test("a time that names no month makes no path", () => {
  for (const at of ["../../../etc", "2026-13-01", ""]) {
    expect(() => placeInHistory(folderWith({}), { at, tier: "full" }, 5)).toThrow(/requires a time such as/);
  }
});

test("all files are one history, oldest first; unknown fields are passed over, unreadable lines named", () => {
  const folder = folderWith({
    "full-2026-02.jsonl": `${line("2026-02-01", { later: 1 })}\r\n`,
    "full-2026-01.2.jsonl": line("2026-01-09"),
    "full-2026-01.jsonl": `${line("2026-01-05")}\n{torn\n${line("2026-01-06", { schema: 9 })}\n`,
    "full.jsonl": line("2025-12-24"),
    "README.md": "not of it",
  });
  const { lines, unreadable } = readHistory(folder);
  expect(lines.map(({ at }) => at)).toEqual(["2025-12-24", "2026-01-05", "2026-01-09", "2026-02-01"]);
  expect(unreadable).toEqual([
    expect.stringMatching(/^full-2026-01\.jsonl:2 is no line of history: /),
    expect.stringMatching(/^full-2026-01\.jsonl:3 is no line of history: schema: /),
  ]);
});

test("no folder is an empty history", () =>
  expect(readHistory("/nowhere/at/all")).toEqual({ lines: [], unreadable: [] }));
