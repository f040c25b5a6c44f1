import type { Rates } from "../../claim/experiment.ts";
import { type Plan, secondsOfPlan } from "./plan.ts";

/** To start a worker takes .15 s of a core, on which the first one or the main thread waits meanwhile. */
const SECONDS_FOR_A_SECOND = 0.3;

/** How many workers a plan is worth: one for what engines of those rates compute in no time, else all that there may be. */
export function usefulWorkers(plan: Plan, rates: readonly Rates[], most: number): number {
  const seconds = rates.reduce((sum, each) => sum + secondsOfPlan(plan, each, 1), 0);
  return seconds < SECONDS_FOR_A_SECOND ? 1 : most;
}
