import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { acceptResults } from "../../src/baseline/accept.ts";
import { writeBaselines } from "../../src/baseline/files/write.ts";
import { canonicalJson } from "../../src/claim/canonical-json.ts";
import { sealed } from "../../src/claim/evidence/digests.ts";
import type { Result } from "../../src/claim/result.ts";
import { readArtifact } from "../../src/gate/artifact/read-artifact.ts";
import { historyEntry } from "../../src/report/history.ts";
import { readHistoryFile } from "../../src/report/history-folder.ts";
import { type JournalHeader, openJournal } from "../../src/run/files/journal.ts";
import { openStore } from "../../src/run/files/store.ts";
import { plateauProcess } from "../cli/compiled.ts";
import { freshFolder, plateau } from "../cli/recording-io.ts";
import { zip } from "../workflows/zip.ts";
import { damaged, type Mutation, mutations, placesIn } from "./mutation.ts";

/** Inputs a kind of file; any number by hand: PLATEAU_FUZZ=1000 npx vitest run test/robustness. */
const INPUTS = Number(process.env["PLATEAU_FUZZ"] ?? 40);
const SEED = Number(process.env["PLATEAU_FUZZ_SEED"] ?? 20210603);
/** Far more than any of these takes; whatever waits longer hangs. */
const LONGEST_MILLISECONDS = 20_000;
const CLAIMS = ["holds", "is-refuted", "stays-undecided"];

/** What became of a damaged file: refused with a clear error, read as the sound one is, or read as another. */
type Fate = "refused" | "same" | "other";
type Tally = Record<Fate, number>;

const cwd = join(freshFolder(), "inner");
let whole: Result;

beforeAll(async () => {
  mkdirSync(cwd);
  await plateauProcess(["run", ...CLAIMS, "--out", "whole", "--store", "store"], { cwd });
  for (const index of [1, 2]) {
    const words = ["run", ...CLAIMS, "--shard", `${index}/2`, "--out", `shards/${index}`, "--store", "store"];
    await plateauProcess(words, { cwd });
  }
  whole = JSON.parse(readFileSync(join(cwd, "whole/result.json"), "utf8"));
}, 60_000);

/** Asks of each damaged file what becomes of it, in a folder of its own, and sees that nothing is written beside that folder. */
async function tally(sound: Buffer, fate: (bytes: Buffer, mutation: Mutation) => Promise<Fate>): Promise<Tally> {
  const found: Tally = { refused: 0, same: 0, other: 0 };
  const others: Mutation[] = [];
  for (const mutation of mutations(INPUTS, SEED)) {
    const bytes = damaged(sound, mutation);
    const answer = await inTime(fate(bytes, mutation), mutation);
    found[answer]++;
    if (answer === "other") others.push(mutation);
  }
  expect(readdirSync(join(cwd, "..")), "a file was written outside").toEqual(["inner"]);
  expect(({} as { extra?: unknown }).extra).toBeUndefined();
  expect(others, "damage that was taken for sound").toEqual([]);
  // a test whose inputs are all refused, or none, would show nothing
  expect(found.refused).toBeGreaterThan(0);
  if (process.env["PLATEAU_FUZZ"]) console.log(expect.getState().currentTestName, found);
  return found;
}

async function inTime<T>(work: Promise<T>, mutation: Mutation): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`hangs: ${JSON.stringify(mutation)}`)), LONGEST_MILLISECONDS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** The fate by a command's answer: exit 70 and a change to what it prints are failures; so are control characters. */
function fateOf({ exit, stdout, stderr }: Awaited<ReturnType<typeof plateau>>, sound: string): Fate {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  expect(stderr).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]|^\s*::/m);
  expect(exit, stderr).not.toBe(70);
  if (exit === 2) {
    expect(stderr).toMatch(/^plateau: .+\n$/);
    return "refused";
  }
  return stdout === sound ? "same" : "other";
}

/** A folder that holds one damaged file and the rest of `from` as it was. */
function folderWith(from: string, name: string, bytes: Buffer): string {
  const folder = join(freshFolder(), "copy");
  cpSync(join(cwd, from), folder, { recursive: true });
  writeFileSync(join(folder, name), bytes);
  return folder;
}

const budget = 120_000 + INPUTS * 200;

test(
  "a result: no changed number or verdict is shown",
  async () => {
    const sound = await plateau(["report", "whole", "--json"], { cwd });
    await tally(readFileSync(join(cwd, "whole/result.json")), async (bytes) => {
      writeFileSync(join(cwd, "whole/damaged.json"), bytes);
      return fateOf(await plateau(["report", "whole/damaged.json", "--json"], { cwd }), sound.stdout);
    });
  },
  budget,
);

test(
  "a result that was edited and digested anew: its samples tell",
  async () => {
    const sound = await plateau(["report", "whole", "--json"], { cwd });
    await tally(Buffer.from(""), async (_, { at, value }) => {
      const copy = JSON.parse(JSON.stringify(whole)) as Result;
      const answers = copy.evidence.claims.flatMap((claim) => [
        { holder: claim as never, key: "outcome" },
        ...placesIn(claim.arms),
      ]);
      const edited = answers.filter(
        ({ holder, key }) => typeof holder[key] === "number" || STATES.includes(String(holder[key])),
      );
      const { holder, key } = edited[Math.floor(at * edited.length)]!;
      const before = holder[key];
      const after = typeof before === "number" ? before + (value - 0.5) : STATES[Math.floor(value * STATES.length)];
      (holder as Record<PropertyKey, unknown>)[key] = after;
      writeFileSync(join(cwd, "whole/edited.json"), JSON.stringify(sealed(copy)));
      const fate = fateOf(await plateau(["report", "whole/edited.json", "--json"], { cwd }), sound.stdout);
      return after === before ? "same" : fate;
    });
  },
  budget,
);

const STATES = ["supported", "refuted", "inconclusive", "holds", "fails", "undecided"];

test(
  "a shard: merge gives the same evidence or names it",
  async () => {
    const words = ["merge", "shards/1", "shards/2", "--json", "--out"];
    const out = join(freshFolder(), "sound");
    const text = (stdout: string) => {
      if (stdout === "") return stdout;
      const { path: _, ...result } = JSON.parse(stdout) as Result & { path: string };
      return JSON.stringify(result);
    };
    const sound = text((await plateau([...words, out], { cwd })).stdout);
    await tally(readFileSync(join(cwd, "shards/1/result.json")), async (bytes) => {
      const shard = folderWith("shards/1", "result.json", bytes);
      const answer = await plateau(["merge", shard, "shards/2", "--json", "--out", join(shard, "merged")], { cwd });
      return fateOf({ ...answer, stdout: text(answer.stdout) }, sound);
    });
  },
  budget,
);

test(
  "raw samples: what is exported or judged is what was drawn",
  async () => {
    const [name] = readdirSync(join(cwd, "whole/samples")) as [string];
    const words = (folder: string) => ["export", folder, "--samples", "--format", "csv"];
    const sound = await plateau(words("whole"), { cwd });
    const shown = await plateau(["report", "whole", "--json"], { cwd });
    await tally(readFileSync(join(cwd, "whole/samples", name)), async (bytes) => {
      const folder = folderWith("whole", join("samples", name), bytes);
      const judged = fateOf(await plateau(["report", folder, "--json"], { cwd }), shown.stdout);
      const exported = await plateau(words(folder), { cwd });
      // the table goes out row by row: what comes before the damaged file is sound
      if (exported.exit === 2) return judged;
      return fateOf(exported, sound.stdout) === "other" ? "other" : judged;
    });
  },
  budget,
);

test(
  "a journal: what is gone on with was computed by this run",
  async () => {
    const path = join(cwd, "whole/journal.jsonl");
    const sound = readFileSync(path);
    const lines = sound.toString("utf8").trimEnd().split("\n");
    const { digest: _, ...header } = JSON.parse(lines[0]!) as JournalHeader & { digest: string };
    const chunks = lines.slice(1).map((line) => {
      const { digest: _digest, ...chunk } = JSON.parse(line);
      return JSON.stringify(chunk);
    });
    await tally(sound, async (bytes) => {
      const folder = freshFolder();
      writeFileSync(join(folder, "journal.jsonl"), bytes);
      const opened = await openJournal(folder, header, true).catch((error: Error) => error.name);
      if (typeof opened === "string") return opened === "JournalError" ? "refused" : "other";
      await opened.close();
      return opened.earlier.every((chunk) => chunks.includes(JSON.stringify(chunk))) ? "same" : "other";
    });
  },
  budget,
);

test(
  "a stored range: it is read as it was, or computed again",
  async () => {
    const root = freshFolder();
    const store = await openStore(root);
    const [key, range] = ["ab".repeat(32), { first: 0, count: 64 }];
    const values = Float64Array.from({ length: 128 }, (_, at) => Math.sqrt(at));
    await store.write(key, range, values);
    const path = join(root, "ab", key, "0+64.f64");
    await tally(readFileSync(path), async (bytes) => {
      writeFileSync(path, bytes);
      const read = await store.read(key, range, 2);
      if (read === undefined) return "refused";
      return Buffer.from(read.buffer).equals(Buffer.from(values.buffer)) ? "same" : "other";
    });
  },
  budget,
);

test(
  "a baseline: compare says the same, or names the file",
  async () => {
    const folder = join(cwd, "whole/baselines");
    await writeBaselines(
      folder,
      acceptResults([whole], new Map(), { at: "2026-01-02T03:04:05.000Z", reason: "first" }),
    );
    const file = "demo/behaviour/holds.jsonl";
    const words = ["compare", "whole", "--json", "--baselines"];
    const sound = (await plateau([...words, folder], { cwd })).stdout.replaceAll(folder, "");
    await tally(readFileSync(join(folder, file)), async (bytes) => {
      const copy = folderWith("whole/baselines", file, bytes);
      const answer = await plateau([...words, copy], { cwd });
      return fateOf({ ...answer, stdout: answer.stdout.replaceAll(copy, "") }, sound);
    });
  },
  budget,
);

test(
  "a history: each line is as it was written, or named",
  async () => {
    const entries = [1, 2, 3].map((second) => {
      return historyEntry({
        ...whole,
        provenance: { ...whole.provenance, startedAt: `2026-01-02T03:04:0${second}.000Z` },
      });
    });
    const textOf = (line: object) => canonicalJson(line as never);
    const known = entries.map(textOf);
    const sound = Buffer.from(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
    await tally(sound, async (bytes) => {
      const folder = freshFolder();
      writeFileSync(join(folder, "smoke-2026-01.jsonl"), bytes);
      const { lines, unreadable } = readHistoryFile(folder, "smoke-2026-01.jsonl");
      const isSound = lines.every((line) => known.includes(textOf(line)));
      if (!isSound) return "other";
      return unreadable.length > 0 ? "refused" : "same";
    });
  },
  budget,
);

test(
  "an artifact: it is read as it was packed, or refused",
  async () => {
    const pull = JSON.stringify({ schema: 1, number: 7, head: "a".repeat(40) });
    const pack = (result: Buffer) =>
      zip([
        { name: "result.json", data: result },
        { name: "pull-request.json", data: pull },
      ]);
    const sound = readFileSync(join(cwd, "whole/result.json"));
    const packed = pack(sound);
    await tally(sound, async (bytes, mutation) => {
      // half of them inside the packed result, half in the zip around it
      const artifact = mutation.value < 0.5 ? pack(bytes) : damaged(packed, mutation);
      try {
        const { result, pullRequest } = readArtifact(artifact);
        const same = JSON.stringify(result) === JSON.stringify(whole) && pullRequest.head === "a".repeat(40);
        return same ? "same" : "other";
      } catch (error) {
        return ["StepError", "ZipError", "HostileJsonError"].includes((error as Error).name) ? "refused" : "other";
      }
    });
  },
  budget,
);
