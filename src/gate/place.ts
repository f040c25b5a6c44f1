import { join } from "node:path";
import { packageRoot } from "../project/roots.ts";
import type { Step } from "./step.ts";

/** Folders of a workflow's files below the step's folder, the same in every job and on a person's machine. */
export const PLACE = {
  /** A folder for each shard's `run --shard --out`. */
  shards: "results/ci/shards",
  /** The whole run: merged, or computed in one piece. */
  merged: "results/ci/merged",
  /** What the second workflow reads: result.json, changes.json, pull-request.json. */
  artifact: "results/ci/artifact",
  junit: "results/ci/junit.xml",
  base: "results/ci/base",
  site: "results/ci/site",
  liveness: "results/ci/liveness",
  mutants: "results/ci/mutants",
} as const;

export function placeOf({ cwd }: Step, name: keyof typeof PLACE): string {
  return join(cwd, PLACE[name]);
}

/** Where the run's result lies: PLATEAU_RESULT, or the merged one. */
export function resultFolder(step: Step): string {
  const said = step.env["PLATEAU_RESULT"];
  return said === undefined || said === "" ? placeOf(step, "merged") : join(step.cwd, said);
}

/** The compiled command line beside this compiled script. */
export function commandLine(): string {
  return join(packageRoot(), "dist/src/cli/main.js");
}
