import { resolve } from "node:path";
import type { TierName } from "../claim/claim.ts";
import type { KnownClaim } from "../project/known-claims.ts";
import type { Project } from "../project/project.ts";
import { parseSeed } from "../project/seed.ts";
import { type JournalHeader, readJournalHeader } from "../run/files/journal.ts";
import type { Shard } from "../run/shard/shard.ts";
import { shardNumber } from "../run/shard/shard-number.ts";
import { selectClaims } from "./arguments/claim-names.ts";
import type { Io } from "./arguments/command.ts";
import { parseEngines, parseTier } from "./arguments/option-values.ts";
import { UsageError } from "./errors.ts";
import { latestRun, newResultFolder } from "./result-place.ts";

/** What a run is: what was asked for, or what the journal of the interrupted run says that was asked for. */
export interface RunRequest {
  readonly claims: readonly KnownClaim[];
  readonly tier: TierName;
  readonly seed: string;
  readonly engine: string;
  /** Engines that it is compared with. */
  readonly others: readonly string[];
  readonly out: string;
  readonly shard?: Shard;
}

export interface AskedRun {
  readonly names: readonly string[];
  readonly tier: string | undefined;
  readonly seed: string | undefined;
  readonly engine: string | undefined;
  readonly fast: boolean;
  readonly out: string | undefined;
  readonly shard: string | undefined;
  readonly resume: boolean;
}

/** Fills in what was not asked for: from the journal when resuming, else all claims and the defaults. Throws `UsageError`. */
export async function runRequest(
  asked: AskedRun,
  { all, project }: { readonly all: readonly KnownClaim[]; readonly project: Pick<Project, "seed"> },
  io: Pick<Io, "cwd" | "home" | "now" | "env" | "stderr">,
): Promise<RunRequest> {
  const { names, resume } = asked;
  if (asked.shard !== undefined && asked.out === undefined) {
    throw new UsageError("plateau run --shard needs --out, a folder for each shard, got none");
  }
  if (asked.shard !== undefined && asked.seed === "fresh") {
    throw new UsageError("plateau run --shard needs one seed for all shards, got fresh: draw a number first");
  }
  const named = asked.out === undefined ? undefined : resolve(io.cwd, asked.out);
  const resumed = resume ? (named ?? (await latestRun(io))) : undefined;
  const header = resumed === undefined ? undefined : await headerIn(resumed, names);
  const shardText = asked.shard ?? header?.shard;
  const tier = parseTier(asked.tier ?? header?.tier ?? "smoke");
  const [engine, ...others] = parseEngines(asked.engine ?? (asked.fast ? undefined : header?.engine), asked.fast, io);
  return {
    claims: names.length > 0 ? selectClaims(names, all) : header === undefined ? all : claimsOf(header, all),
    tier,
    seed: parseSeed(asked.seed ?? header?.seed ?? project.seed),
    engine,
    others,
    out: resumed ?? named ?? newResultFolder(io, tier),
    ...(shardText === undefined ? {} : { shard: shardNumber(shardText, io.env) }),
  };
}

/** A folder without a journal starts anew, if it was said what: nothing is lost. */
async function headerIn(folder: string, names: readonly string[]): Promise<JournalHeader | undefined> {
  return readJournalHeader(folder).catch((error: unknown) => {
    if (names.length > 0 && error instanceof Error && error.name === "JournalError") return undefined;
    throw error;
  });
}

function claimsOf({ claims }: JournalHeader, all: readonly KnownClaim[]): readonly KnownClaim[] {
  return Object.keys(claims).map((key) => {
    const found = all.find(({ claim, suite }) => key === `${suite.name}: ${claim.id}`);
    if (found === undefined) throw new UsageError(`the run to resume has ${key}, which no suite has any more`);
    return found;
  });
}
