import { resolve } from "node:path";
import { acceptResults } from "../../baseline/accept.ts";
import { type Definitions, definitionsOf } from "../../baseline/definition.ts";
import { type DroppedTiers, droppedTiers } from "../../baseline/dropped-tiers.ts";
import { type FoundBaselines, findBaselines } from "../../baseline/files/read.ts";
import { writeBaselines } from "../../baseline/files/write.ts";
import { carryOver } from "../../baseline/renamed.ts";
import { type Weakened, weakened } from "../../baseline/weakened.ts";
import { knownClaims } from "../../project/known-claims.ts";
import { findRoots } from "../../project/roots.ts";
import { EXIT } from "../../report/exit-code.ts";
import { differenceWords } from "../../report/words/comparison-words.ts";
import { acceptable } from "../accept/acceptable.ts";
import { defineCommand, type Io } from "../arguments/command.ts";
import { UsageError } from "../errors.ts";
import { resultPath } from "../result-place.ts";

export default defineCommand({
  name: "accept",
  summary: "Make results the new baselines: files in git, for a person to review and commit.",
  usage: 'accept [result…] --reason "…"',
  notes: [
    "Refused in CI, without a reason, with uncommitted changes outside baselines/, for results of other code than the commit's (every file that the samples' keys name must be as committed), whose samples give other verdicts, for other seeds than the committed one and of engines that do not promise the reference's bytes. Several results (smoke and full) go into one file a claim; of a claim that changed, the tiers that are not given are dropped, and it says so. What did not change keeps its date, commit and reason; of a file that does not parse, as after a merge conflict, the tiers of the results given are kept, and it says so. Baselines of claims that no suite has any more are dropped.",
  ],
  examples: [
    { command: 'accept --reason "first baselines"', does: "the last run" },
    {
      command: 'accept results/a results/b --reason "draws in another order"',
      does: "smoke and full at once",
    },
  ],
  options: {
    reason: { type: "string", placeholder: "TEXT", description: "why the evidence may change; kept in the files" },
    baselines: { type: "string", placeholder: "DIR", description: "where to write (default: baselines/ of the root)" },
  },
  positionals: { min: 0, max: Infinity, what: "results" },
  run: async ({ values, positionals }, io) => {
    refuseInCi(io);
    const reason = values.reason?.trim();
    if (!reason) throw new UsageError('accept needs a reason: --reason "why the evidence may change", got none');
    const roots = findRoots(values.root, io);
    const paths = await Promise.all(
      (positionals.length === 0 ? [undefined] : positionals).map((name) => resultPath(name, io)),
    );
    const claims = await knownClaims(roots.suites);
    const results = await acceptable(paths, { claims, repository: roots.repository });
    const folder = values.baselines === undefined ? roots.baselines : resolve(io.cwd, values.baselines);
    const definitions = definitionsOf(claims.map(({ claim }) => claim));
    const found = await findBaselines(folder);
    const carried = carryOver(found.baselines, definitions);
    const before = new Map([...carried].filter(([id]) => definitions.has(id)));
    const after = acceptResults(results, before, { at: io.now().toISOString(), reason }, definitions);
    const removed = [...carried.keys(), ...found.broken.keys()].filter((id) => !definitions.has(id));
    const renamed = [...carried].flatMap(([to, { renamedFrom: from }]) => (from === undefined ? [] : [{ from, to }]));
    const gone = [...removed, ...renamed.map(({ from }) => from)];
    const written = await writeBaselines(folder, after, { removed: gone, older: found.older });
    const accepted = [...new Set(results.flatMap(({ evidence }) => evidence.claims.map(({ id }) => id)))].sort();
    const summary = {
      ...{ baselines: folder, accepted, written, total: after.size, reason, removed, renamed, older: found.older },
      broken: brokenFiles(found, accepted, definitions),
      dropped: droppedTiers(before, after),
      weaker: weakened(before, after),
    };
    io.stdout(values.json ? `${JSON.stringify(summary, null, 2)}\n` : acceptText(summary));
    return EXIT.holds;
  },
});

interface BrokenFile {
  readonly claim: string;
  readonly problem: string;
  /** Whether a result of the claim took its place; else the file is as it was. */
  readonly replaced: boolean;
}

function brokenFiles(
  { broken }: FoundBaselines,
  accepted: readonly string[],
  definitions: Definitions,
): readonly BrokenFile[] {
  return [...broken]
    .filter(([claim]) => definitions.has(claim))
    .map(([claim, { message }]) => ({ claim, problem: message, replaced: accepted.includes(claim) }));
}

interface Summary {
  readonly baselines: string;
  readonly accepted: readonly string[];
  readonly written: readonly string[];
  readonly total: number;
  readonly removed: readonly string[];
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
  readonly older: readonly string[];
  readonly broken: readonly BrokenFile[];
  readonly dropped: readonly DroppedTiers[];
  readonly weaker: readonly Weakened[];
}

function acceptText(summary: Summary): string {
  const { baselines, accepted, written, total, removed, renamed, older, broken, dropped, weaker } = summary;
  const lines = [
    ...(older.length === 0 ? [] : [`all ${total} written anew: the files were of an older schema`]),
    ...broken.map(({ claim, problem, replaced }) => {
      return replaced
        ? `${claim} has the tiers of these results alone: ${problem}`
        : `✗ ${claim} is as it was, accept a result of it too: ${problem}`;
    }),
    ...renamed.map(({ from, to }) => `= ${to} was ${from}: its baseline goes on under the new name`),
    ...removed.map((id) => `✗ baseline dropped: no suite has ${id} any more`),
    ...dropped.map(({ claim, tiers }) => {
      return `✗ ${claim} has no baseline of ${tiers.join(" and ")} any more: it was of another version of the claim, accept a result of it too`;
    }),
    ...weaker.flatMap(({ claim, changes }) => changes.map((change) => `✗ ${claim}: ${differenceWords(change)}`)),
  ];
  const files = written.length === 1 ? "1 file" : `${written.length} files`;
  const head = `accepted ${accepted.length} claims into ${baselines}, which has ${total} now; ${files} changed, review and commit the difference`;
  return [head, ...lines.map((line) => `  ${line}`), ""].join("\n");
}

function refuseInCi({ env }: Io): void {
  const ci = env["CI"];
  if (ci !== undefined && ci !== "" && ci !== "false" && ci !== "0") {
    throw new UsageError(`accept is refused in CI (CI=${ci}): a baseline changes only by a person's reviewed commit`);
  }
}
