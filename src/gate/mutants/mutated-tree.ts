import { join } from "node:path";
import type { Project } from "../../project/project.ts";
import { type ProcessAnswer, runProcess } from "../process.ts";
import { StepError } from "../step.ts";
import type { Mutant } from "./mutant.ts";

type Killer = Mutant["killer"];
type Ways = NonNullable<Project["mutants"]>;

/** A built copy of a commit in which killers are run. */
export interface MutatedTree {
  /** That a file has changed: what is built from it is built again before the next killer that needs it. */
  readonly touch: (file: string) => void;
  /** Whether the killer is content: its claim holds, its tests pass. Throws `StepError` for what is neither that nor a red one. */
  readonly isContent: (killer: Killer) => Promise<boolean>;
}

/** @param program plateau's command line within the tree, or beside it */
export function mutatedTree(tree: string, ways: Ways, program: string): MutatedTree {
  const stale = new Set<Ways["builds"][number]>();
  const isNeeded = (killer: Killer) => (build: Ways["builds"][number]) => build.for === undefined || "claim" in killer;
  let runs = 0;

  const build = async (killer: Killer) => {
    for (const one of [...stale].filter(isNeeded(killer))) {
      const { exit, stdout, stderr } = await quietly(one.run, tree);
      if (exit !== 0) {
        throw new StepError(
          `${one.run.join(" ")} ended with status ${exit}, needed a tree: ${lastLine(stdout + stderr)}`,
        );
      }
      stale.delete(one);
    }
  };

  return {
    touch: (file) => {
      for (const one of ways.builds) if (one.under.some((folder) => file.startsWith(folder))) stale.add(one);
    },
    isContent: async (killer) => {
      await build(killer);
      // a store of its own: samples of the sound code must not answer for the mutant's
      const [out, store] = ["run", "store"].map((name) => join(tree, "results", `${name}-${runs}`)) as [string, string];
      runs++;
      const words =
        "claim" in killer
          ? [
              process.execPath,
              program,
              "run",
              killer.claim,
              "--tier",
              "smoke",
              "--root",
              tree,
              "--out",
              out,
              "--store",
              store,
            ]
          : [...ways.test, killer.test];
      const { exit, stdout, stderr } = await quietly(words, tree);
      if (exit === 0) return true;
      // 1 of both: a claim that fails, tests that fail; anything else has judged nothing
      if (exit === 1) return false;
      throw new StepError(`${words.join(" ")} ended with status ${exit}, needed 0 or 1: ${lastLine(stdout + stderr)}`);
    },
  };
}

function quietly([program, ...words]: readonly string[], cwd: string): Promise<ProcessAnswer> {
  const env = { PLATEAU_ROOT: undefined, PLATEAU_SHARD: undefined, PLATEAU_TIER: undefined };
  return runProcess(program!, words, { cwd, env, quiet: true });
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
