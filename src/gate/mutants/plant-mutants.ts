import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { plateauOf } from "../../baseline/base-checkout.ts";
import { PROJECT_FILE } from "../../claim/origin/project-folder.ts";
import { commitOf } from "../../project/git-state.ts";
import { readProject } from "../../project/project.ts";
import { findRoots } from "../../project/roots.ts";
import { annotation } from "../../report/review/annotations.ts";
import { commandLine, placeOf } from "../place.ts";
import { runProcess } from "../process.ts";
import { addSummary, type Step, StepError } from "../step.ts";
import { chooseMutants } from "./choose-mutants.ts";
import { copyCommit } from "./copy-commit.ts";
import { type MeasuredMutant, type Mutant, type MutantState, plant, readMutants } from "./mutant.ts";
import { type MutatedTree, mutatedTree } from "./mutated-tree.ts";

/** So many at random where PLATEAU_MUTANTS says nothing. */
const SOME = "3";

/**
 * Plants mutants of the project one at a time in one built copy of the commit, and runs the killer that each names: first without
 * the fault, then with it. PLATEAU_MUTANTS says which: `all`, ids with commas, or how many at random by PLATEAU_SEED. Writes
 * results/ci/mutants/mutants.json. 1 where one survives, 0 where all are killed.
 */
export async function plantMutants(step: Step): Promise<number> {
  const { repository } = findRoots(undefined, step);
  const project = readProject(repository);
  const ways = project.mutants;
  if (ways === undefined)
    throw new StepError(`${join(repository, PROJECT_FILE)} names no mutants, needed their folder`);
  const chosen = chooseMutants(
    readMutants(join(repository, ways.folder)),
    step.env["PLATEAU_MUTANTS"] || SOME,
    step.env["PLATEAU_SEED"] || project.seed,
  );
  const folder = placeOf(step, "mutants");
  const commit = await commitOf(repository, "HEAD");
  if (commit === null) throw new StepError(`${repository} has no commit, needed one to plant faults in`);
  const tree = await copyCommit(repository, folder);
  await builtOnce(tree);
  const killing = mutatedTree(tree, ways, (await plateauOf(tree)) ?? commandLine());
  const sound = new Map<string, Promise<boolean>>();
  const judged: MeasuredMutant[] = [];
  for (const mutant of chosen) {
    const state = await stateOf(mutant, { tree, killing, sound });
    step.print(`${state}: ${mutant.id}, ${mutant.fault} (${killerOf(mutant)})`);
    judged.push(measured(mutant, state, commit));
    writeFileSync(join(folder, "mutants.json"), `${JSON.stringify(judged, undefined, 1)}\n`);
  }
  return conclusion(step, judged);
}

interface Place {
  readonly tree: string;
  readonly killing: MutatedTree;
  /** What each killer says of the sound tree, asked once. */
  readonly sound: Map<string, Promise<boolean>>;
}

async function stateOf(mutant: Mutant, { tree, killing, sound }: Place): Promise<MutantState> {
  const key = killerOf(mutant);
  const isSound = sound.get(key) ?? killing.isContent(mutant.killer);
  sound.set(key, isSound);
  if (!(await isSound)) return "unsound";
  const mend = plant(tree, mutant);
  killing.touch(mutant.file);
  try {
    return (await killing.isContent(mutant.killer)) ? "survived" : "killed";
  } finally {
    mend();
    killing.touch(mutant.file);
  }
}

async function builtOnce(tree: string): Promise<void> {
  const { exit } = await runProcess("npm", ["run", "--silent", "--if-present", "build"], { cwd: tree, quiet: true });
  if (exit !== 0) throw new StepError(`the build of the sound commit ended with status ${exit}, needed a tree`);
}

function killerOf({ killer }: Mutant): string {
  return "claim" in killer ? killer.claim : killer.test;
}

/** What was measured, with what it was measured of: a reader needs no second file. */
function measured({ from: _, to: _to, ...mutant }: Mutant, state: MutantState, commit: string): MeasuredMutant {
  return { ...mutant, state, commit };
}

function conclusion(step: Step, judged: readonly MeasuredMutant[]): number {
  const notKilled = judged.filter(({ state }) => state !== "killed");
  const text =
    notKilled.length === 0
      ? `All ${judged.length} planted faults were found by what they name.`
      : `Not found: ${notKilled.map(({ id, state }) => `${id} (${state})`).join(", ")}.`;
  step.print(annotation(notKilled.length === 0 ? "notice" : "error", text));
  addSummary(step, `${text}\n\n${judged.map(({ id, state }) => `- ${id}: ${state}`).join("\n")}\n`);
  return notKilled.length === 0 ? 0 : 1;
}
