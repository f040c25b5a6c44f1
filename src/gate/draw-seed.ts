import { parseSeed } from "../project/seed.ts";
import { type Step, setOutput } from "./step.ts";

/** One fresh seed for all shards of a run; PLATEAU_SEED takes its place where somebody wants a seed again. */
export async function drawSeed(step: Step): Promise<number> {
  const seed = parseSeed(step.env["PLATEAU_SEED"] || "fresh");
  step.print(`seed ${seed}`);
  setOutput(step, "seed", seed);
  return 0;
}
