import { knownClaims } from "../../project/known-claims.ts";
import { readProject } from "../../project/project.ts";
import { findRoots } from "../../project/roots.ts";
import { EXIT } from "../../report/exit-code.ts";
import { codeReader } from "../../run/files/code/code-hash.ts";
import { prunable, removeStored, type StoredFile, storedFiles } from "../../run/files/prune-store.ts";
import { sampleKeyer } from "../../run/files/sample-key.ts";
import { planRun } from "../../run/plan/plan.ts";
import { type Arguments, defineCommand, type Io, type Options } from "../arguments/command.ts";
import { parseCount, parseEngine, parseSize, TIERS } from "../arguments/option-values.ts";
import { UsageError } from "../errors.ts";
import { INSTRUMENT } from "../instrument.ts";
import { storeFolder } from "../result-place.ts";
import { removeSamples, resultSamples } from "../thin-results.ts";

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
  results: {
    type: "boolean",
    description: "the raw samples of results/ in place of the store: evidence and verdicts stay",
  },
  "dry-run": { type: "boolean", description: "say what would be let go, and delete nothing" },
} as const satisfies Options;

export default defineCommand({
  name: "store",
  summary: "How large the store of samples is, and what can be let go.",
  usage: "store [prune --older DAYS | --max SIZE | --keep-accepted] [--results]",
  notes: [
    "What is let go is computed again when a run asks for it: nothing that a result or a baseline rests on lies in the store alone. Several rules let go what any of them names, but never what --keep-accepted keeps.",
    "With --results the folders of samples beside results are let go. A result without them is still shown, compared and exported, but for single observations. The last run, an unfinished one and what baselines were accepted from stay whole, and it says so.",
  ],
  examples: [
    { command: "store", does: "how many samples there are, and how old they are" },
    { command: "store prune --older 30", does: "let go what no run has written for a month" },
    { command: "store prune --results --older 30", does: "old results keep their evidence alone" },
    { command: "store prune --keep-accepted --dry-run", does: "what code that is gone has left" },
  ],
  options,
  positionals: { min: 0, max: 1, what: "prune" },
  run: async (args, io) => {
    const [verb] = args.positionals;
    if (verb !== undefined && verb !== "prune") throw new UsageError(`store knows prune alone, got ${verb}`);
    const { place, files, isKept, remove, kept } = await held(args, io);
    const gone = verb === undefined ? refuseRules(args) : await pruned(files, isKept, args, io);
    const dry = args.values["dry-run"];
    if (!dry) remove(gone);
    const left = files.filter((file) => !gone.includes(file));
    const tally = { store: place, left: sizeOf(left), gone: sizeOf(gone), dryRun: dry };
    const oldest = left[0] === undefined ? undefined : new Date(left[0].at).toISOString().slice(0, 10);
    const whole = verb === undefined ? [] : [...kept].map(([name, because]) => ({ name, because }));
    io.stdout(
      args.values.json
        ? `${JSON.stringify({ ...tally, oldest, kept: whole }, null, 2)}\n`
        : `${storeText(tally, oldest, verb)}${whole.map(({ name, because }) => `kept ${name}: ${because}\n`).join("")}`,
    );
    return EXIT.holds;
  },
});

type StoreArguments = Arguments<typeof options>;

/** What there is to let go of, and what is not. */
interface Held {
  readonly place: string;
  readonly files: readonly StoredFile[];
  /** Known before any rule. */
  readonly isKept: (file: StoredFile) => boolean;
  readonly remove: (files: readonly StoredFile[]) => void;
  readonly kept: ReadonlyMap<string, string>;
}

async function held({ values }: StoreArguments, io: Io): Promise<Held> {
  if (!values.results) {
    const place = storeFolder(values.store, io);
    return { place, files: storedFiles(place), isKept: () => false, remove: removeStored, kept: new Map() };
  }
  if (values.store !== undefined) throw new UsageError("store takes --store or --results, got both");
  const { folder, samples, kept } = await resultSamples(io, findRoots(values.root, io).baselines);
  return { place: folder, files: samples, isKept: ({ key }) => kept.has(key), remove: removeSamples, kept };
}

function refuseRules({ values }: StoreArguments): readonly StoredFile[] {
  const rule = values.older ?? values.max ?? (values["keep-accepted"] ? "--keep-accepted" : undefined);
  if (rule !== undefined)
    throw new UsageError("store deletes only when asked to: plateau store prune with the same rules");
  return [];
}

async function pruned(
  files: readonly StoredFile[],
  isKept: Held["isKept"],
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
  const keys = keepsAccepted && !values.results ? await keysOfClaims(values.root, io) : new Set<string>();
  const onlyKept = keepsAccepted && days === undefined && most === undefined;
  return prunable(files, {
    ...(days === undefined ? {} : { before: io.now().getTime() - days * DAY_MILLISECONDS }),
    ...(most === undefined ? {} : { most }),
    ...(onlyKept ? { most: 0 } : {}),
    isKept: (file) => keys.has(file.key) || isKept(file),
  });
}

/** Keys of all samples that the claims as they stand ask for, at every tier. */
async function keysOfClaims(root: string | undefined, io: Io): Promise<ReadonlySet<string>> {
  const roots = findRoots(root, io);
  const claims = await knownClaims(roots.suites);
  const { seed } = readProject(roots.repository);
  const keyOf = sampleKeyer(await INSTRUMENT.identify(parseEngine(undefined, false, io)), INSTRUMENT, codeReader());
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
