import { ShardError } from "./shard.ts";
import { planDigest, type ShardFile, type ShardResult } from "./shard-file.ts";

/**
 * Throws `ShardError` unless the files are the shards of one run, each once, and their claims are the run's, each once.
 * Shards of another run come first, then doubled ones, then missing ones.
 */
export function checkOneRun(files: readonly ShardFile[]): void {
  const [first, ...others] = files;
  if (first === undefined) throw new ShardError("merge needs the shards of a run, got none");
  for (const file of files) checkMark(file);
  for (const other of others) checkSameRun(first, other);
  checkDoubled(files);
  checkMissing(files);
  checkClaims(files);
}

/** A mark that contradicts itself was edited. */
function checkMark({ path, shard: { shard, evidence } }: ShardFile): void {
  const { index, count, digest, plan } = shard;
  if (index > count) throw new ShardError(`${path} says it is shard ${index} of ${count}, needed 1 to ${count}`);
  if (digest !== planDigest(plan, count)) {
    throw new ShardError(`${path} has a plan that does not fit its digest: it was edited or damaged`);
  }
  for (const key of ["tier", "seed"] as const) {
    if (plan[key] === evidence[key]) continue;
    throw new ShardError(`${path} has evidence of ${key} ${evidence[key]} for a plan of ${key} ${plan[key]}`);
  }
}

/** What all shards of a run have in common, the plainest difference first. */
const COMMON: readonly { readonly what: string; readonly of: (shard: ShardResult) => unknown }[] = [
  { what: "tier", of: ({ shard }) => shard.plan.tier },
  { what: "seed", of: ({ shard }) => shard.plan.seed },
  { what: "engine", of: ({ shard }) => shard.plan.engine },
  { what: "number of shards", of: ({ shard }) => shard.count },
  { what: "plateau version", of: ({ provenance }) => provenance.plateau },
  { what: "commit", of: ({ provenance }) => provenance.commit ?? "unknown" },
  { what: "version of the engine", of: ({ provenance }) => JSON.stringify(provenance.engine.versions) },
  {
    what: "version of the engines compared",
    of: ({ engines }) => JSON.stringify(engines?.others.map(({ engine }) => engine)),
  },
  { what: "version of INTERPRETING", of: ({ evidence }) => evidence.interpreting },
];

function checkSameRun(first: ShardFile, other: ShardFile): void {
  const foreign = (how: string) => new ShardError(`${nameOf(other)} is of another run than ${first.path}: ${how}`);
  for (const { what, of } of COMMON) {
    const [found, wanted] = [of(other.shard), of(first.shard)];
    if (found !== wanted) throw foreign(`its ${what} is ${found}, not ${wanted}`);
  }
  const [found, wanted] = [other.shard.shard, first.shard.shard];
  const difference =
    differenceOf("claim", found.plan.claims, wanted.plan.claims) ??
    differenceOf("code of experiment", found.plan.code, wanted.plan.code);
  if (difference !== undefined) throw foreign(difference);
  if (found.digest !== wanted.digest) throw foreign(`its plan is ${found.digest}, not ${wanted.digest}`);
}

type Hashes = Readonly<Record<string, string>>;

function differenceOf(what: string, found: Hashes, wanted: Hashes): string | undefined {
  const names = [...new Set([...Object.keys(found), ...Object.keys(wanted)])].sort();
  const name = names.find((each) => found[each] !== wanted[each]);
  if (name === undefined) return undefined;
  if (wanted[name] === undefined) return `its plan has ${what} ${name} besides`;
  return found[name] === undefined ? `its plan lacks ${what} ${name}` : `${what} ${name} is another there`;
}

function checkDoubled(files: readonly ShardFile[]): void {
  const known = new Map<number, ShardFile>();
  for (const file of files) {
    const { index } = file.shard.shard;
    const earlier = known.get(index);
    if (earlier !== undefined) throw new ShardError(`${nameOf(file)} is given twice, also as ${earlier.path}`);
    known.set(index, file);
  }
}

function checkMissing(files: readonly ShardFile[]): void {
  const { count } = files[0]!.shard.shard;
  const given = new Set(files.map(({ shard }) => shard.shard.index));
  const missing = Array.from({ length: count }, (_, index) => index + 1).filter((index) => !given.has(index));
  if (missing.length === 0) return;
  const found = [...given].sort((a, b) => a - b).join(", ");
  throw new ShardError(`merge needs all ${count} shards, missing ${missing.join(", ")}, got ${found}`);
}

/** Every planned claim once, as it was planned. */
function checkClaims(files: readonly ShardFile[]): void {
  const planned = files[0]!.shard.shard.plan.claims;
  const found = new Map<string, ShardFile>();
  for (const file of files) {
    for (const { suite, id, hash } of file.shard.evidence.claims) {
      const name = `${suite}: ${id}`;
      const earlier = found.get(name);
      if (earlier) throw new ShardError(`claim ${name} is in two shards, ${earlier.path} and ${file.path}`);
      if (planned[name]?.split(" ")[0] !== hash)
        throw new ShardError(`${file.path} has ${name} otherwise than planned`);
      found.set(name, file);
    }
  }
  const lost = Object.keys(planned).find((name) => !found.has(name));
  if (lost !== undefined) throw new ShardError(`claim ${lost} of the plan is in no shard`);
}

function nameOf({ path, shard: { shard } }: ShardFile): string {
  return `${path} (shard ${shard.index} of ${shard.count})`;
}
