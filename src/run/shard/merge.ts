import type { EngineComparison } from "../../claim/engine-comparison.ts";
import type { ClaimEvidence, Evidence, Provenance, Result } from "../../claim/result.ts";
import { checkOneRun } from "./merge-checks.ts";
import { ShardError } from "./shard.ts";
import type { ShardFile, ShardResult } from "./shard-file.ts";

/**
 * Puts the shards of one run together: the evidence has the bytes that the run would have had in one piece. Pure; the
 * samples are for `mergeSamples`. Throws `ShardError` that names the shard which is missing, doubled or of another run.
 */
export function mergeShards(files: readonly ShardFile[]): Omit<Result, "digests"> {
  checkOneRun(files);
  const inOrder = [...files].sort((a, b) => a.shard.shard.index - b.shard.shard.index);
  const [{ shard: first }] = inOrder as [ShardFile];
  return {
    schema: first.schema,
    evidence: mergeEvidence(inOrder),
    provenance: mergeProvenance(inOrder.map(({ shard }) => shard)),
    ...mergeEngines(inOrder.map(({ shard }) => shard)),
  };
}

/** Each engine's claims from all shards, in the order of the evidence; seconds are those of all shards together. */
function mergeEngines(shards: readonly ShardResult[]): Pick<Result, "engines"> {
  const sections = shards.map(({ engines }) => engines).filter((section) => section !== undefined);
  const [first] = sections;
  if (first === undefined) return {};
  const others = first.others.map(({ engine }, index): EngineComparison => {
    const parts = sections.map((section) => section.others[index]!);
    return {
      engine,
      seconds: sum(parts.map(({ seconds }) => seconds)),
      computed: sum(parts.map(({ computed }) => computed)),
      found: sum(parts.map(({ found }) => found)),
      claims: parts.flatMap(({ claims }) => claims).sort(bySuiteAndId),
    };
  });
  return { engines: { version: first.version, others } };
}

/** In the order of suites and ids, as a run in one piece has them. */
function mergeEvidence(files: readonly ShardFile[]): Evidence {
  const [{ shard: first }] = files as [ShardFile];
  const suites = new Map(files.flatMap(({ shard }) => shard.evidence.suites).map((suite) => [suite.name, suite]));
  const claims = files.flatMap(({ shard }) => shard.evidence.claims);
  const { tier, seed, interpreting } = first.evidence;
  return {
    tier,
    seed,
    interpreting,
    suites: [...suites.values()].sort((a, b) => compare(a.name, b.name)),
    claims: claims.sort(bySuiteAndId),
  };
}

type Named = Pick<ClaimEvidence, "suite" | "id">;

function bySuiteAndId(a: Named, b: Named): number {
  return compare(a.suite, b.suite) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** One machine's where the shards agree; where they do not, all that differ, the largest, or the sum. Samples: none yet. */
function mergeProvenance(shards: readonly ShardResult[]): Provenance {
  const all = shards.map(({ provenance }) => provenance);
  const [first] = all as [Provenance];
  const starts = all.map(({ startedAt }) => Date.parse(startedAt));
  const ends = all.map(({ seconds }, index) => starts[index]! + 1000 * seconds);
  const start = Math.min(...starts);
  return {
    plateau: first.plateau,
    commit: first.commit,
    dirty: all.some(({ dirty }) => dirty === true) || first.dirty,
    engine: first.engine,
    node: distinct(all.map(({ node }) => node)),
    platform: distinct(all.map(({ platform }) => platform)),
    processor: distinct(all.map(({ processor }) => processor)),
    cores: Math.max(...all.map(({ cores }) => cores)),
    workers: Math.max(...all.map(({ workers }) => workers)),
    startedAt: new Date(start).toISOString(),
    seconds: (Math.max(...ends) - start) / 1000,
    command: withoutShard(first.command),
    code: Object.fromEntries(all.flatMap(({ code }) => Object.entries(code)).sort(([a], [b]) => compare(a, b))),
    claimSeconds: sumByName(all.map(({ claimSeconds }) => claimSeconds)),
    samples: {},
    computed: sum(all.map(({ computed }) => computed)),
    found: sum(all.map(({ found }) => found)),
    shards: shards.map(originOf),
  };
}

function originOf({ shard, evidence, provenance }: ShardResult): NonNullable<Provenance["shards"]>[number] {
  const { node, platform, processor, cores, workers, startedAt, seconds, computed, found } = provenance;
  const claims = evidence.claims.length;
  return { index: shard.index, node, platform, processor, cores, workers, startedAt, seconds, claims, computed, found };
}

function distinct(texts: readonly string[]): string {
  return [...new Set(texts)].join("; ");
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function sumByName(records: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const total = new Map<string, number>();
  for (const [name, seconds] of records.flatMap((record) => Object.entries(record))) {
    total.set(name, (total.get(name) ?? 0) + seconds);
  }
  return Object.fromEntries([...total].sort(([a], [b]) => compare(a, b)));
}

/** The command of the run in one piece, which gives the same evidence. */
function withoutShard(command: readonly string[]): string[] {
  const at = command.indexOf("--shard");
  if (at < 0) throw new ShardError(`a shard's command requires --shard, got ${command.join(" ")}`);
  return command.filter((_, index) => index !== at && index !== at + 1);
}
