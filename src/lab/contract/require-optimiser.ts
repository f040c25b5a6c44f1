import { type Kinds, requireKnown } from "../networks/kinds.ts";
import type { Optimiser } from "../networks/optimiser.ts";

const OPTIMISERS: Kinds<Optimiser["name"]> = {
  ...{ "gradient-descent": true, momentum: true, "sign-descent": true, "normalised-descent": true },
  ...{ "clipped-descent": true, rmsprop: true, adam: true, adagrad: true },
};

/**
 * Refuses an optimiser that is not known, and one whose numbers lie outside their ranges: rates and thresholds positive and finite, epsilon finite and at
 * least 0, shares of the past (momentum, decay, beta1, beta2) from 0 to below 1.
 * @throws RangeError naming the optimiser, what it requires and what it was given
 */
export function requireOptimiser(optimiser: Optimiser): void {
  const { name, rate } = optimiser;
  requireKnown("an optimiser", name, OPTIMISERS);
  requireThat(isPositive(rate), name, "a positive rate", rate);
  if ("epsilon" in optimiser) {
    const { epsilon } = optimiser;
    requireThat(epsilon >= 0 && epsilon < Infinity, name, "a finite epsilon of at least 0", epsilon);
  }
  if ("threshold" in optimiser) {
    requireThat(isPositive(optimiser.threshold), name, "a positive threshold", optimiser.threshold);
  }
  if ("momentum" in optimiser) requireShare(name, "momentum", optimiser.momentum);
  if ("decay" in optimiser) requireShare(name, "decay", optimiser.decay);
  if ("beta1" in optimiser) {
    requireShare(name, "beta1", optimiser.beta1);
    requireShare(name, "beta2", optimiser.beta2);
  }
}

function isPositive(value: number): boolean {
  return value > 0 && value < Infinity;
}

function requireShare(name: string, share: string, value: number): void {
  requireThat(value >= 0 && value < 1, name, `${share} from 0 to below 1`, value);
}

function requireThat(holds: boolean, name: string, needed: string, found: number): void {
  if (!holds) throw new RangeError(`${name} requires ${needed}, got ${found}`);
}
