import type { Optimiser } from "../networks/optimiser.ts";

/** Which state an optimiser keeps for each parameter: m (a mean of gradients), v (a mean or sum of their squares). */
export interface OptimiserState {
  readonly first: boolean;
  readonly second: boolean;
}

const STATES: { readonly [name in Optimiser["name"]]: OptimiserState } = {
  "gradient-descent": { first: false, second: false },
  momentum: { first: true, second: false },
  "sign-descent": { first: false, second: false },
  "normalised-descent": { first: false, second: false },
  "clipped-descent": { first: false, second: false },
  rmsprop: { first: false, second: true },
  adam: { first: true, second: true },
  adagrad: { first: false, second: true },
};

export function stateOf({ name }: Optimiser): OptimiserState {
  return STATES[name];
}
