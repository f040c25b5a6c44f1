import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { armEvidence, axisValue, outcome, unitEvidence } from "../../claim/result.ts";
import type { AnyCell, Grid } from "../../predictions/cells.ts";
import { cellLabel, cellsOf } from "../../predictions/cells.ts";
import { acceptedArm, type Baseline, BaselineError } from "../baseline.ts";
import type { DefinedArm } from "../definition.ts";
import { prefixesByStream } from "../prefixes.ts";

/*
 * The schema before this one, for one release: one JSON file a claim with the digest of each block of 64 replicates, and an
 * index with the SHA-256 of each file. All that this schema has is in it, so nothing is lost on the way.
 */

const INDEX_FILE = "index.json";

const index = z.object({ schema: z.literal(1), files: z.record(z.string(), z.string()) });

const definedArm = z.strictObject({
  name: z.string(),
  kind: z.enum(["claimed", "control"]),
  sources: z.array(
    z.strictObject({
      cell: z.string(),
      role: z.enum(["experiment", "against"]),
      experiment: z.string(),
      setup: z.string().optional(),
      replicates: z.int().optional(),
    }),
  ),
  units: z.array(unitEvidence.pick({ label: true, statistic: true, predicted: true, region: true, rivals: true })),
});

const tier = z.strictObject({
  seed: z.string(),
  interpreting: z.int(),
  outcome,
  arms: z.array(armEvidence),
  accepted: z.strictObject({ at: z.string(), commit: z.string(), engine: z.string(), reason: z.string() }),
});

const baseline = z.strictObject({
  schema: z.literal(1),
  claim: z.string(),
  title: z.string(),
  hash: z.string(),
  definition: z.strictObject({
    prediction: z.string().optional(),
    assumptions: z.array(z.string()).optional(),
    grid: z.record(z.string(), z.array(axisValue)).optional(),
    tiers: z.record(z.string(), z.array(definedArm)),
  }),
  tiers: z.strictObject({ smoke: tier.optional(), full: tier.optional(), deep: tier.optional() }),
});

type SchemaOne = z.infer<typeof baseline>;

/** The files of schema 1 in a folder, relative to it, the index among them; none where there is no index. */
export async function schemaOneFiles(folder: string): Promise<readonly string[]> {
  const found = await readIndex(folder);
  return found === undefined ? [] : [INDEX_FILE, ...Object.keys(found)];
}

/** The baselines of schema 1 in a folder, none where there is no index. Throws `BaselineError` for one that is not as indexed. */
export async function readSchemaOne(folder: string): Promise<ReadonlyMap<string, Baseline>> {
  const files = Object.entries((await readIndex(folder)) ?? {});
  const read = await Promise.all(files.map(([file, digest]) => readFileOf(join(folder, file), digest)));
  return new Map(read.map((one) => [one.claim, one]));
}

async function readIndex(folder: string): Promise<z.infer<typeof index>["files"] | undefined> {
  const path = join(folder, INDEX_FILE);
  const text = await readFile(path, "utf8").catch(() => undefined);
  return text === undefined ? undefined : parse(index, text, path).files;
}

async function readFileOf(path: string, digest: string): Promise<Baseline> {
  const text = await readFile(path, "utf8").catch((error: Error) => {
    throw new BaselineError(`baseline ${path} is missing, listed in ${INDEX_FILE}`, { cause: error });
  });
  if (createHash("sha256").update(text).digest("hex") !== digest) {
    throw new BaselineError(`baseline ${path} was edited: its digest is not the one in ${INDEX_FILE}`);
  }
  return converted(parse(baseline, text, path));
}

function parse<S extends z.ZodType>(schema: S, text: string, path: string): z.infer<S> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new BaselineError(`baseline ${path} is not JSON: ${(error as Error).message}`, { cause: error });
  }
  const version = (json as { readonly schema?: unknown } | null)?.schema;
  if (version !== 1) {
    throw new BaselineError(`baseline ${path} has schema ${JSON.stringify(version)}, needed 1`, { otherSchema: true });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new BaselineError(`baseline ${path} is invalid at ${issue?.path.join(".") || "its top"}: ${issue?.message}`);
}

function converted({ claim, title, hash, definition, tiers }: SchemaOne): Baseline {
  const evidence = Object.values(tiers).filter((each) => each !== undefined);
  const cells = evidence.flatMap(({ arms }) => arms.flatMap((arm) => arm.cells));
  const definedTiers = Object.entries(definition.tiers).map(([name, arms]) => {
    return [name, arms.map((arm) => definedArmOf(arm, cellsByLabel(definition.grid, cells)))];
  });
  return {
    ...{ claim, title, hash },
    definition: { ...definition, tiers: Object.fromEntries(definedTiers) },
    tiers: Object.fromEntries(
      Object.entries(tiers).flatMap(([name, each]) => (each === undefined ? [] : [[name, withoutBlocks(each)]])),
    ),
    streams: prefixesByStream(cells),
  };
}

type Cells = ReadonlyMap<string, AnyCell>;

/** Definitions of schema 1 have a cell's words alone: what they mean is in the grid, or in the evidence. */
function cellsByLabel(grid: SchemaOne["definition"]["grid"], evidence: readonly { readonly cell: AnyCell }[]): Cells {
  const all = [...(grid === undefined ? [] : cellsOf(grid as unknown as Grid)), ...evidence.map(({ cell }) => cell)];
  return new Map(all.map((cell) => [cellLabel(cell), cell]));
}

function definedArmOf({ sources, ...arm }: z.infer<typeof definedArm>, cells: Cells): DefinedArm {
  return {
    ...arm,
    sources: sources.map(({ cell: label, ...source }) => {
      const cell = cells.get(label);
      if (cell === undefined)
        throw new BaselineError(`a baseline of schema 1 requires cells of its grid, found ${label}`);
      return { cell: { ...cell }, ...source };
    }),
  };
}

function withoutBlocks({ arms, ...rest }: z.infer<typeof tier>): NonNullable<Baseline["tiers"]["smoke"]> {
  return { ...rest, arms: arms.map(acceptedArm) };
}
