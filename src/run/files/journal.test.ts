import { appendFileSync, closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sealedLine } from "../../claim/evidence/digests.ts";
import { type JournalHeader, openJournal, readJournalHeader } from "./journal.ts";
import { JournalError } from "./journal-error.ts";

const header: JournalHeader = {
  plateauJournal: 2,
  tier: "smoke",
  seed: "1",
  engine: "reference",
  claims: { "s: a/b/c": "hash" },
  code: { chain: "code" },
};
const chunk = (first: number) => ({
  engine: "reference",
  stream: "f".repeat(32),
  first,
  count: 64,
  claim: "a/b/c",
  seconds: 0.25,
});

async function journalOf(...firsts: readonly number[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "plateau-journal-"));
  const journal = await openJournal(folder, header, false);
  for (const first of firsts) await journal.append(chunk(first));
  await journal.close();
  return folder;
}

const lines = (folder: string) => readFileSync(join(folder, "journal.jsonl"), "utf8").split("\n");

describe("a journal", () => {
  test("gives a resumed run what was appended before, and goes on after it", async () => {
    const folder = await journalOf(0, 64);
    const journal = await openJournal(folder, header, true);
    expect(journal.earlier).toEqual([chunk(0), chunk(64)]);
    await journal.append(chunk(128));
    await journal.close();
    expect(lines(folder)).toHaveLength(5);
  });

  test("takes no line once it is closed, when the system may have given its number to another file", async () => {
    const folder = mkdtempSync(join(tmpdir(), "plateau-journal-"));
    const journal = await openJournal(folder, header, false);
    await journal.close();
    const other = join(folder, "other");
    const file = openSync(other, "w");
    await expect(journal.append(chunk(0))).rejects.toThrow(JournalError);
    closeSync(file);
    expect(readFileSync(other, "utf8")).toBe("");
    expect(lines(folder)).toHaveLength(2);
  });

  test("starts anew with resume in a folder that is empty or not there: nothing is lost", async () => {
    const folder = join(mkdtempSync(join(tmpdir(), "plateau-journal-")), "new");
    const journal = await openJournal(folder, header, true);
    await journal.close();
    expect(await readJournalHeader(folder)).toEqual(header);
  });

  test.each([1, 20, 80])("drops a last line that was torn after %i characters", async (characters) => {
    const folder = await journalOf(0);
    appendFileSync(join(folder, "journal.jsonl"), JSON.stringify(chunk(64)).slice(0, characters));
    const journal = await openJournal(folder, header, true);
    await journal.append(chunk(128));
    await journal.close();
    const again = await openJournal(folder, header, true);
    expect(again.earlier).toEqual([chunk(0), chunk(128)]);
    await again.close();
  });

  test("whose header was torn starts anew", async () => {
    const folder = mkdtempSync(join(tmpdir(), "plateau-journal-"));
    writeFileSync(join(folder, "journal.jsonl"), '{"plateauJournal": 1, "tier"');
    const journal = await openJournal(folder, header, true);
    await journal.close();
    expect(lines(folder)).toEqual([JSON.stringify(sealedLine(header)), ""]);
  });

  test.each([
    ["text", "hello", 'got "hello"'],
    ["two lines in one", "{}{}", 'got "{}{}"'],
    ["a chunk without a count", '{"stream":"a","first":0}', "a journal entry is required"],
    ["nothing", "", 'got ""'],
  ])("with %s in the middle is refused with its line", async (_, text, message) => {
    const folder = await journalOf(0, 64);
    const all = lines(folder);
    writeFileSync(join(folder, "journal.jsonl"), [all[0], text, ...all.slice(2)].join("\n"));
    const opened = openJournal(folder, header, true);
    await expect(opened).rejects.toThrow(JournalError);
    await expect(opened).rejects.toThrow(message);
    await expect(opened).rejects.toThrow("is damaged at line 2");
  });

  test.each([
    [{ tier: "full" }, "its tier is smoke, this run's is full"],
    [{ seed: "2" }, "its seed is 1, this run's is 2"],
    [{ engine: "wasm" }, "its engine is reference, this run's is wasm"],
    [{ claims: { "s: a/b/c": "other" } }, "claim s: a/b/c has changed since"],
    [{ claims: { ...header.claims, "s: a/b/d": "h" } }, "claim s: a/b/d is not in it"],
    [{ claims: {} }, "claim s: a/b/c is not in this run"],
    [{ code: { chain: "new", mlp: "new" } }, "code of experiment chain has changed since, and 1 more"],
  ] as const)("of another run is refused, saying what differs: %j", async (difference, message) => {
    const folder = await journalOf(0);
    await expect(openJournal(folder, { ...header, ...difference } as JournalHeader, true)).rejects.toThrow(message);
  });

  test("is not begun in a folder that holds a run, finished or not", async () => {
    const folder = await journalOf(0);
    await expect(openJournal(folder, header, false)).rejects.toThrow("holds an unfinished run: add --resume");
    writeFileSync(join(folder, "result.json"), "{}");
    await expect(openJournal(folder, header, false)).rejects.toThrow("holds a finished run");
  });

  test("is locked while it is open, and free after it was refused", async () => {
    const folder = await journalOf();
    const journal = await openJournal(folder, header, true);
    await expect(openJournal(folder, header, true)).rejects.toThrow("still running");
    await journal.close();
    await expect(openJournal(folder, { ...header, seed: "2" }, true)).rejects.toThrow("seed");
    await (await openJournal(folder, header, true)).close();
  });

  test("that is a folder is an error in words", async () => {
    const folder = mkdtempSync(join(tmpdir(), "plateau-journal-"));
    mkdirSync(join(folder, "journal.jsonl"));
    await expect(openJournal(folder, header, true)).rejects.toThrow(
      `journal in ${folder} cannot be opened: it is a directory`,
    );
    await expect(readJournalHeader(folder)).rejects.toThrow("it is a directory");
  });
});
