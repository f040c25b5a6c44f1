import { closeSync, existsSync, fstatSync, openSync, writeFileSync } from "node:fs";
import { readdir, truncate } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { isSealedLine, sealedLine } from "../../claim/evidence/digests.ts";
import { tierName } from "../../claim/result.ts";
import { fileProblem, sweepLeftovers } from "./atomic-file.ts";
import { JournalError } from "./journal-error.ts";
import { lockFolder } from "./lock.ts";
import { makeFolders } from "./make-folders.ts";
import { readRegular } from "./read-regular.ts";

const JOURNAL_VERSION = 2;
const OLDER =
  "is of a version of plateau whose journals had no digests: begin the run again in another folder, what is in the store is found";

/** What a run is: two runs with equal headers have equal evidence. */
export const journalHeader = z.strictObject({
  plateauJournal: z.literal(JOURNAL_VERSION),
  /** Which part of the run this is, as `2/4`; the other fields are the whole run's. */
  shard: z
    .string()
    .regex(/^\d+\/\d+$/)
    .optional(),
  tier: tierName,
  seed: z.string(),
  /** The primary engine's name and those of the engines that it is compared with: `wasm,tensorflow`. */
  engine: z.string(),
  /** Content hash of each claim, by suite and id, with its share. */
  claims: z.record(z.string(), z.string()),
  /** Hash of the code of each experiment's module, by experiment's name. */
  code: z.record(z.string(), z.string()),
});

/** A chunk that was computed and is in the store; seconds of one worker. */
const journalChunk = z.strictObject({
  engine: z.string(),
  stream: z.string(),
  first: z.int().nonnegative(),
  count: z.int().positive(),
  claim: z.string(),
  seconds: z.number(),
});

export type JournalHeader = z.infer<typeof journalHeader>;
export type JournalChunk = z.infer<typeof journalChunk>;

export interface Journal {
  /** What an earlier, interrupted part of this run has finished. */
  readonly earlier: readonly JournalChunk[];
  /** Rejects with `JournalError` when the line cannot be written. */
  readonly append: (chunk: JournalChunk) => Promise<void>;
  /** Ends the journal and releases the folder. */
  readonly close: () => Promise<void>;
}

/**
 * Opens the journal of a run in its folder, which is locked until `close`. A new run needs a folder that holds none; with
 * `resume` the run in it is gone on with (an empty folder starts anew: nothing is lost) after its header is found equal.
 * A last line that was torn by a kill is dropped. Throws `JournalError` that says what was found.
 */
export async function openJournal(folder: string, header: JournalHeader, resume: boolean): Promise<Journal> {
  prepare(folder);
  const release = await lock(folder);
  try {
    const path = join(folder, "journal.jsonl");
    // the folder is this run's alone: what is unfinished in it was left by a kill
    for (const place of [folder, join(folder, "samples")]) await sweepLeftovers(place);
    if (!resume) await refuseUsed(folder);
    const earlier = existsSync(path) ? await readJournal(path, header) : [];
    const file = openSync(path, "a");
    if (earlier === undefined || fstatSync(file).size === 0) writeFileSync(file, textOf(header));
    let isOpen = true;
    return {
      earlier: earlier ?? [],
      append: async (chunk) => {
        // the number of a closed file may be another file's by now
        if (!isOpen) throw new JournalError(`journal ${path} cannot be written: the run has ended`);
        appendLine(file, path, chunk);
      },
      close: async () => {
        if (!isOpen) return;
        isOpen = false;
        closeSync(file);
        release();
      },
    };
  } catch (error) {
    release();
    if (error instanceof JournalError) throw error;
    throw new JournalError(`journal in ${folder} cannot be opened: ${fileProblem(error)}`, { cause: error });
  }
}

/** The header of the run in a folder, so that `--resume` needs no other flag. Throws `JournalError`. */
export async function readJournalHeader(folder: string): Promise<JournalHeader> {
  const path = join(folder, "journal.jsonl");
  let text: string;
  try {
    text = (await readRegular(path)).toString("utf8").split("\n", 1)[0]!;
  } catch (error) {
    throw new JournalError(`${folder} requires a journal to resume from: ${fileProblem(error)}`, { cause: error });
  }
  return parseLine(journalHeader, text, path, 1);
}

function prepare(folder: string): void {
  try {
    makeFolders(folder);
  } catch (error) {
    throw new JournalError(`output directory ${folder} cannot be made: ${fileProblem(error)}`, { cause: error });
  }
}

async function lock(folder: string): Promise<() => void> {
  try {
    return await lockFolder(folder);
  } catch (error) {
    if (error instanceof JournalError) throw error;
    throw new JournalError(`output directory ${folder} cannot be written: ${fileProblem(error)}`, { cause: error });
  }
}

async function refuseUsed(folder: string): Promise<void> {
  const names = await readdir(folder);
  if (names.includes("result.json")) {
    throw new JournalError(
      `${folder} holds a finished run: choose another directory, or add --resume to check it again`,
    );
  }
  if (names.includes("journal.jsonl")) {
    throw new JournalError(
      `${folder} holds an unfinished run: add --resume to go on with it, or choose another directory`,
    );
  }
}

/** Undefined when not even the header was finished. */
/** A line of the file: what it says, with the digest of it. */
function textOf(line: JournalHeader | JournalChunk): string {
  return `${JSON.stringify(sealedLine(line))}\n`;
}

async function readJournal(path: string, header: JournalHeader): Promise<readonly JournalChunk[] | undefined> {
  const text = (await readRegular(path)).toString("utf8");
  const whole = text.lastIndexOf("\n") + 1;
  if (whole < text.length) await truncate(path, Buffer.byteLength(text.slice(0, whole)));
  const lines = text.slice(0, whole).split("\n").slice(0, -1);
  if (lines.length === 0) return undefined;
  compareHeaders(path, parseLine(journalHeader, lines[0]!, path, 1), header);
  return lines.slice(1).map((line, index) => parseLine(journalChunk, line, path, index + 2));
}

function parseLine<T>(schema: z.ZodType<T>, line: string, path: string, number: number): T {
  try {
    const { digest, ...content } = JSON.parse(line) as { readonly digest?: unknown; readonly plateauJournal?: unknown };
    if (content.plateauJournal === 1) throw new JournalError(`${path} ${OLDER}`);
    if (!isSealedLine({ ...content, digest })) throw new TypeError("its digest is another");
    return schema.parse(content);
  } catch (error) {
    if (error instanceof JournalError) throw error;
    throw new JournalError(`${path} is damaged at line ${number}: a journal entry is required, got ${excerpt(line)}`, {
      cause: error,
    });
  }
}

function excerpt(line: string): string {
  return JSON.stringify(line.length > 60 ? `${line.slice(0, 60)}…` : line);
}

function compareHeaders(path: string, found: JournalHeader, wanted: JournalHeader): void {
  for (const key of ["tier", "seed", "engine"] as const) {
    if (found[key] !== wanted[key]) {
      throw new JournalError(`${path} is of another run: its ${key} is ${found[key]}, this run's is ${wanted[key]}`);
    }
  }
  if (found.shard !== wanted.shard) {
    const name = ({ shard }: JournalHeader) => (shard === undefined ? "a whole run" : `shard ${shard}`);
    throw new JournalError(`${path} is of another run: it is of ${name(found)}, this is ${name(wanted)}`);
  }
  compareRecords(path, "claim", found.claims, wanted.claims);
  compareRecords(path, "code of experiment", found.code, wanted.code);
}

type Hashes = Readonly<Record<string, string>>;

function compareRecords(path: string, what: string, found: Hashes, wanted: Hashes): void {
  const names = [...new Set([...Object.keys(found), ...Object.keys(wanted)])].sort();
  const differing = names.filter((name) => found[name] !== wanted[name]);
  if (differing.length === 0) return;
  const [name] = differing as [string];
  const how = !(name in wanted) ? "is not in this run" : !(name in found) ? "is not in it" : "has changed since";
  const more = differing.length > 1 ? `, and ${differing.length - 1} more` : "";
  throw new JournalError(`${path} is of another run: ${what} ${name} ${how}${more}`);
}

/** Whole lines, each in one go: they never mix. */
function appendLine(file: number, path: string, chunk: JournalChunk): void {
  try {
    writeFileSync(file, textOf(chunk));
  } catch (error) {
    throw new JournalError(`journal ${path} cannot be written: ${fileProblem(error)}`, { cause: error });
  }
}
