import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sealed } from "../../claim/evidence/digests.ts";
import type { Result } from "../../claim/result.ts";
import { temporaryFolder } from "../../project/temporary-folder.ts";
import { type HistoryLine, historyEntry } from "../../report/history.ts";
import { placeInHistory, readHistoryFile } from "../../report/history-folder.ts";
import { annotation } from "../../report/review/annotations.ts";
import { readResult } from "../../run/files/result-file.ts";
import { resultFolder } from "../place.ts";
import { runProcess } from "../process.ts";
import { required, type Step, StepError } from "../step.ts";

/** Branch that holds nothing but history: a file a tier and month, a line a run, and each tier's latest result. */
const BRANCH = "history";
/** Tries against other writers: each loses at most once to each of them. */
const TRIES = 8;
const AUTHOR = { name: "plateau", email: "plateau@users.noreply.github.com" } as const;

/**
 * Appends a run to the history branch. Writers queue up at the branch itself: each takes its newest state, adds a line and
 * pushes; a push that another one has overtaken is refused by git and done again on the new state, so no line is ever lost,
 * which GitHub's own queue of at most one waiting job could not promise. A branch that cannot be read is an error, never an
 * empty history; a run that is in it already is left alone.
 */
export async function appendHistory(step: Step): Promise<number> {
  const result = await readResult(join(resultFolder(step), "result.json"));
  if (result.evidence.claims.length === 0) throw new StepError("the result has no claims, needed some for the history");
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const folder = temporaryFolder("history");
    try {
      const done = await appendOnce(step, folder, result);
      if (done !== "overtaken") return told(step, done);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    step.print(`another writer was faster; trying again (${attempt} of ${TRIES})`);
    await step.sleep(500 * attempt);
  }
  throw new StepError(`the history branch was overtaken ${TRIES} times, needed one push to come through`);
}

async function appendOnce(step: Step, folder: string, result: Result): Promise<"appended" | "there" | "overtaken"> {
  const remote = remoteOf(step);
  const run = (words: readonly string[]) => gitIn(step, folder, words);
  const heads = await must(run(["ls-remote", "--heads", remote, BRANCH]), "the history branch cannot be looked up");
  await must(run(["init", "--quiet", "--initial-branch", BRANCH]), "git cannot make a repository");
  if (heads.trim() !== "") {
    await must(run(["fetch", "--quiet", "--depth=1", remote, BRANCH]), "the history branch cannot be read");
    await must(run(["reset", "--quiet", "--hard", "FETCH_HEAD"]), "the history branch cannot be read");
  }
  if (!addLine(step, folder, result)) return "there";
  await must(run(["add", "--all"]), "git cannot add");
  const subject = `Run of ${result.provenance.startedAt} at tier ${result.evidence.tier}`;
  await must(run(["commit", "--quiet", "--message", subject]), "git cannot commit");
  const pushed = await run(["push", "--quiet", remote, `HEAD:refs/heads/${BRANCH}`]);
  if (pushed.exit === 0) return "appended";
  if (isOvertaken(pushed.stderr)) return "overtaken";
  throw new StepError(`the history branch cannot be written: ${remoteWords(pushed.stderr)}`);
}

/** Only another writer's push is mended by trying again: a protected branch or a file too large refuses the next one too. */
function isOvertaken(stderr: string): boolean {
  if (/\[remote rejected\]/.test(stderr)) return /cannot lock ref|failed to update ref/.test(stderr);
  return /non-fast-forward|fetch first|stale info|cannot lock ref/.test(stderr);
}

/** What the other side said, and git's last line. */
function remoteWords(stderr: string): string {
  const lines = stderr.trim().split("\n");
  const remote = lines
    .filter((line) => /^remote:\s*\S/.test(line))
    .map((line) => line.replace(/^remote:\s*/, "").trim());
  return [...remote.slice(0, 5), lines.find((line) => /rejected/.test(line))?.trim() ?? lastLine(stderr)].join("; ");
}

/** False where the run is in the history already. A line that cannot be read is named, and kept as it is. */
function addLine(step: Step, folder: string, result: Result): boolean {
  const entry = historyEntry(result);
  const text = `${JSON.stringify(entry)}\n`;
  const { append, search } = placeInHistory(folder, entry, Buffer.byteLength(text));
  const read = search.map((name) => readHistoryFile(folder, name));
  for (const problem of read.flatMap(({ unreadable }) => unreadable)) step.print(annotation("warning", problem));
  if (read.some(({ lines }) => lines.some((line) => isSameRun(line, entry)))) return false;
  appendFileSync(join(folder, append), `${isUnended(join(folder, append)) ? "\n" : ""}${text}`);
  mkdirSync(join(folder, "latest"), { recursive: true });
  // raw samples stay in the run's artifact
  const latest: Result = sealed({ ...result, provenance: { ...result.provenance, samples: {} } });
  writeFileSync(join(folder, "latest", `${entry.tier}.json`), `${JSON.stringify(latest, null, 1)}\n`);
  return true;
}

/** Whether a person's edit took the last line's end away. */
function isUnended(path: string): boolean {
  return existsSync(path) && /[^\n]$/.test(readFileSync(path, "utf8"));
}

function isSameRun(a: HistoryLine, b: HistoryLine): boolean {
  return a.at === b.at && a.commit === b.commit && a.seed === b.seed;
}

function remoteOf(step: Step): string {
  const said = step.env["PLATEAU_HISTORY_REMOTE"];
  if (said !== undefined && said !== "") return said;
  return `${required(step, "GITHUB_SERVER_URL")}/${required(step, "GITHUB_REPOSITORY")}.git`;
}

/** The token goes by an environment variable: not on the command line, where others see it, and not into a file. */
function gitIn(step: Step, folder: string, words: readonly string[]) {
  const token = step.env["GITHUB_TOKEN"];
  const server = step.env["GITHUB_SERVER_URL"];
  const login = Buffer.from(`x-access-token:${token}`).toString("base64");
  const header =
    token && server ? { key: `http.${server}/.extraheader`, value: `AUTHORIZATION: basic ${login}` } : undefined;
  const config = [
    { key: "user.name", value: AUTHOR.name },
    { key: "user.email", value: AUTHOR.email },
    { key: "commit.gpgsign", value: "false" },
    ...(header === undefined ? [] : [header]),
  ];
  const env = Object.fromEntries([
    ["GIT_CONFIG_COUNT", String(config.length)],
    ["GIT_TERMINAL_PROMPT", "0"],
    ["LC_ALL", "C"],
    ...config.flatMap(({ key, value }, index) => [
      [`GIT_CONFIG_KEY_${index}`, key],
      [`GIT_CONFIG_VALUE_${index}`, value],
    ]),
  ]) as Record<string, string>;
  return runProcess("git", words, { cwd: folder, env, quiet: true });
}

async function must(answer: ReturnType<typeof runProcess>, otherwise: string): Promise<string> {
  const { exit, stdout, stderr } = await answer;
  if (exit !== 0) throw new StepError(`${otherwise}: ${lastLine(stderr)}`);
  return stdout;
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}

function told(step: Step, done: "appended" | "there"): number {
  step.print(done === "appended" ? "the run is in the history now" : "the run was in the history already");
  return 0;
}
