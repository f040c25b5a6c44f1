import type { Optimiser } from "../networks/optimiser.ts";

/** Which state an optimiser keeps for each parameter: m (a mean of gradients), v (a mean or sum of their squares). */
export interface OptimiserState {
  readonly first: boolean;
  readonly second: boolean;
}

export function stateOf(optimiser: Optimiser): OptimiserState {
  const { name } = optimiser;
  return {
    first: name === "momentum" || name === "adam",
    second: name === "adam" || name === "rmsprop" || name === "adagrad",
  };
}
