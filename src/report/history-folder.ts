import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { isSealedLine } from "../claim/evidence/digests.ts";
import { type HistoryLine, historyLine } from "./history.ts";

/**
 * Most bytes of one file of a history. Hosts refuse files over 100 MiB and warn above 50; a line of fifty claims has some
 * 16 kB, so that a month of nightly runs stays far below and two thousand runs a month begin a second file.
 */
export const LARGEST_HISTORY_FILE = 32 * 2 ** 20;

/** What a folder of history files says. */
export interface History {
  /** Oldest first. */
  readonly lines: readonly HistoryLine[];
  /** Of each line that is none: `smoke-2026-01.jsonl:3` and what is wrong with it. They are kept in their files. */
  readonly unreadable: readonly string[];
}

/**
 * All lines of all history files below one folder: one file a tier and month, `<tier>-<YYYY-MM>.jsonl`, its continuations
 * `<tier>-<YYYY-MM>.2.jsonl` and so on, and the single `<tier>.jsonl` of older histories. No folder is an empty history.
 */
export function readHistory(folder: string): History {
  if (!existsSync(folder)) return { lines: [], unreadable: [] };
  const read = readdirSync(folder)
    .filter((name) => name.endsWith(".jsonl"))
    .sort()
    .map((name) => readHistoryFile(folder, name));
  return {
    lines: read.flatMap(({ lines }) => lines).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
    unreadable: read.flatMap(({ unreadable }) => unreadable),
  };
}

/** One file of it, in its own order. */
export function readHistoryFile(folder: string, name: string): History {
  const lines: HistoryLine[] = [];
  const unreadable: string[] = [];
  for (const [index, text] of readFileSync(join(folder, name), "utf8").split("\n").entries()) {
    if (text.trim() === "") continue;
    try {
      lines.push(lineOf(JSON.parse(text)));
    } catch (error) {
      unreadable.push(`${name}:${index + 1} is no line of history: ${firstProblem(error as Error)}`);
    }
  }
  return { lines, unreadable };
}

/**
 * The file that a line of `bytes` bytes goes to, and those that a run of its tier and month may be in already.
 * @throws RangeError for a time that names no month
 */
export function placeInHistory(
  folder: string,
  { at, tier }: Pick<HistoryLine, "at" | "tier">,
  bytes: number,
  most = LARGEST_HISTORY_FILE,
): { readonly append: string; readonly search: readonly string[] } {
  const month = at.slice(0, 7);
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) {
    throw new RangeError(`a line of history requires a time such as 2026-01-02T03:04:05Z, got ${JSON.stringify(at)}`);
  }
  const search = [`${tier}.jsonl`, `${tier}-${month}.jsonl`];
  for (let part = 2; existsSync(join(folder, search.at(-1)!)); part++) search.push(`${tier}-${month}.${part}.jsonl`);
  const newest = search.at(-2)!;
  // the last name is free: it begins where the one before it is full, or is the single file of an older history
  const isFull = search.length === 2 || statSync(join(folder, newest)).size + bytes > most;
  return { append: isFull ? search.at(-1)! : newest, search: search.filter((name) => existsSync(join(folder, name))) };
}

/** Of this version on a line is what its digest says, fields of later versions included. Throws where it is none. */
function lineOf(value: unknown): HistoryLine {
  const line = historyLine.parse(value);
  const isOlder = line.schema === 1 && line.digest === undefined;
  if (!isOlder && !isSealedLine(value as object)) throw new Error("it was edited or damaged, its digest is another");
  return line;
}

function firstProblem(error: Error): string {
  const issue = (error as { readonly issues?: readonly { readonly path: PropertyKey[]; readonly message: string }[] })
    .issues?.[0];
  return issue === undefined ? error.message : `${issue.path.join(".") || "the line"}: ${issue.message}`;
}
