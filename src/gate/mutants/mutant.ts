import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { StepError } from "../step.ts";

/** One text of one file and what stands in its place: a fault that can be planted. */
export interface PlantedText {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const mutant = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  /** The operation, judge or rule that it is a fault of: what has an oracle because of it. */
  guards: z.string().min(1),
  /** What is wrong with it, in words. */
  fault: z.string().min(1),
  file: z.string().min(1),
  from: z.string().min(1),
  to: z.string(),
  /** Named in advance: the claim that it refutes at the smoke tier, or the file of tests that it fails. Neither knows a baseline. */
  killer: z.union([z.strictObject({ claim: z.string().min(1) }), z.strictObject({ test: z.string().min(1) })]),
});

const area = z.strictObject({ area: z.string().min(1), mutants: z.array(mutant).min(1) });

/** What became of a mutant: `unsound` where its killer is red without it, so that it proves nothing. */
const state = z.enum(["killed", "survived", "unsound"]);

const measured = z.array(
  mutant.omit({ from: true, to: true }).extend({
    area: z.string(),
    state,
    /** Of the tree that it was planted in; absent of rows from before it was written down. */
    commit: z
      .string()
      .regex(/^[0-9a-f]{40}$/)
      .optional(),
  }),
);

export type MutantState = z.infer<typeof state>;
export type MeasuredMutant = z.infer<typeof measured>[number];
export type Mutant = z.infer<typeof mutant> & { readonly area: string };

/** All mutants of a project's folder, in the order of its files' names. Throws `StepError` for a file that has none, and for an id that stands twice. */
export function readMutants(folder: string): readonly Mutant[] {
  const mutants = readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .flatMap((name) => readArea(join(folder, name)));
  const twice = mutants.find(({ id }, at) => mutants.findIndex((other) => other.id === id) !== at);
  if (twice !== undefined) throw new StepError(`${folder} requires one mutant an id, found two named ${twice.id}`);
  if (mutants.length === 0) throw new StepError(`${folder} requires mutants, found none`);
  return mutants;
}

function readArea(path: string): readonly Mutant[] {
  const found = area.safeParse(JSON.parse(readFileSync(path, "utf8")));
  if (found.success) return found.data.mutants.map((one) => ({ ...one, area: found.data.area }));
  const [issue] = found.error.issues;
  throw new StepError(`${path} requires mutants: ${issue!.path.join(".")}: ${issue!.message}`);
}

/** The table that a run over mutants leaves. Throws for a text that is none. */
export function readMeasuredMutants(text: string): readonly MeasuredMutant[] {
  return measured.parse(JSON.parse(text));
}

/** Writes the fault into the tree and gives what takes it out again. Throws `StepError` where the text does not stand there once. */
export function plant(tree: string, { file, from, to }: PlantedText): () => void {
  const path = join(tree, file);
  const sound = readFileSync(path, "utf8");
  const parts = sound.split(from);
  if (parts.length !== 2) throw new StepError(`the fault requires one place in ${file}, found ${parts.length - 1}`);
  writeFileSync(path, parts.join(to));
  return () => writeFileSync(path, sound);
}
