import { knownClaims } from "../../project/known-claims.ts";
import { readProject } from "../../project/project.ts";
import { findRoots } from "../../project/roots.ts";
import { EXIT } from "../../report/exit-code.ts";
import { codeHasher } from "../../run/files/code-hash.ts";
import { prunable, removeStored, type StoredFile, storedFiles } from "../../run/files/prune-store.ts";
import { sampleKeyer } from "../../run/files/sample-key.ts";
import { planRun } from "../../run/plan/plan.ts";
import { type Arguments, defineCommand, type Io, type Options } from "../arguments/command.ts";
import { parseCount, parseEngine, parseSize, TIERS } from "../arguments/option-values.ts";
import { UsageError } from "../errors.ts";
import { INSTRUMENT } from "../instrument.ts";
import { storeFolder } from "../result-place.ts";

const DAY_MILLISECONDS = 86_400_000;
/** A century: a larger number of days is a typing mistake. */
const MOST_DAYS = 36_500;

const options = {
  store: { type: "string", placeholder: "DIR", description: "the store (default: .plateau/samples of the project)" },
  older: { type: "string", placeholder: "DAYS", description: "let go what was written more than so many days ago" },
  max: {
    type: "string",
    placeholder: "SIZE",
    description: "let go the oldest until the rest takes at most 500MB, 2GB, …",
  },
  "keep-accepted": {
    type: "boolean",
    description:
      "let go all but what the claims as they stand need at the project's seed, on the engine that is the default",
  },
  "dry-run": { type: "boolean", description: "say what would be let go, and delete nothing" },
} as const satisfies Options;

export default defineCommand({
  name: "store",
  summary: "How large the store of samples is, and what can be let go.",
  usage: "store [prune --older DAYS | --max SIZE | --keep-accepted]",
  notes: [
    "What is let go is computed again when a run asks for it: nothing that a result or a baseline rests on lies in the store alone. Several rules let go what any of them names, but never what --keep-accepted keeps.",
  ],
  examples: [
    { command: "store", does: "how many samples there are, and how old they are" },
    { command: "store prune --older 30", does: "let go what no run has written for a month" },
    { command: "store prune --keep-accepted --dry-run", does: "what code that is gone has left" },
  ],
  options,
  positionals: { min: 0, max: 1, what: "prune" },
  run: async (args, io) => {
    const [verb] = args.positionals;
    if (verb !== undefined && verb !== "prune") throw new UsageError(`store knows prune alone, got ${verb}`);
    const files = storedFiles(storeFolder(args.values.store, io));
    const gone = verb === undefined ? refuseRules(args) : await pruned(files, args, io);
    const dry = args.values["dry-run"];
    if (!dry) removeStored(gone);
    const left = files.filter((file) => !gone.includes(file));
    const tally = { store: storeFolder(args.values.store, io), left: sizeOf(left), gone: sizeOf(gone), dryRun: dry };
    const oldest = left[0] === undefined ? undefined : new Date(left[0].at).toISOString().slice(0, 10);
    io.stdout(args.values.json ? `${JSON.stringify({ ...tally, oldest }, null, 2)}\n` : storeText(tally, oldest, verb));
    return EXIT.holds;
  },
});

type StoreArguments = Arguments<typeof options>;

function refuseRules({ values }: StoreArguments): readonly StoredFile[] {
  const rule = values.older ?? values.max ?? (values["keep-accepted"] ? "--keep-accepted" : undefined);
  if (rule !== undefined)
    throw new UsageError("store deletes only when asked to: plateau store prune with the same rules");
  return [];
}

async function pruned(
  files: readonly StoredFile[],
  { values }: StoreArguments,
  io: Io,
): Promise<readonly StoredFile[]> {
  const { older, max } = values;
  const keepsAccepted = values["keep-accepted"];
  if (older === undefined && max === undefined && !keepsAccepted) {
    throw new UsageError("store prune needs a rule: --older DAYS, --max SIZE or --keep-accepted, got none");
  }
  const days = older === undefined ? undefined : parseCount("--older", older, MOST_DAYS);
  const most = max === undefined ? undefined : parseSize("--max", max);
  const kept = keepsAccepted ? await keysOfClaims(values.root, io) : undefined;
  const onlyKept = kept !== undefined && days === undefined && most === undefined;
  return prunable(files, {
    ...(days === undefined ? {} : { before: io.now().getTime() - days * DAY_MILLISECONDS }),
    ...(most === undefined ? {} : { most }),
    ...(onlyKept ? { most: 0 } : {}),
    ...(kept === undefined ? {} : { isKept: ({ key }: StoredFile) => kept.has(key) }),
  });
}

/** Keys of all samples that the claims as they stand ask for, at every tier. */
async function keysOfClaims(root: string | undefined, io: Io): Promise<ReadonlySet<string>> {
  const roots = findRoots(root, io);
  const claims = await knownClaims(roots.suites);
  const { seed } = readProject(roots.repository);
  const keyOf = sampleKeyer(await INSTRUMENT.open(parseEngine(undefined, false)), INSTRUMENT, codeHasher());
  const plans = TIERS.map((tier) => {
    const able = claims.filter(({ claim }) => tier === "smoke" || claim.tiers[tier] !== undefined);
    return planRun(able, tier, seed);
  });
  return new Set(plans.flatMap(({ series }) => [...series.values()].map((each) => keyOf(each).key)));
}

interface Size {
  readonly files: number;
  readonly bytes: number;
}

function sizeOf(files: readonly StoredFile[]): Size {
  return { files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
}

function storeText(
  {
    store,
    left,
    gone,
    dryRun,
  }: { readonly store: string; readonly left: Size; readonly gone: Size; readonly dryRun: boolean },
  oldest: string | undefined,
  verb: string | undefined,
): string {
  const held = `${store}: ${left.files} files, ${megabytes(left)}${oldest === undefined ? "" : `, the oldest of ${oldest}`}\n`;
  if (verb === undefined) return held;
  return `${dryRun ? "would let go" : "let go"} ${gone.files} files, ${megabytes(gone)}\n${held}`;
}

function megabytes({ bytes }: Size): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
