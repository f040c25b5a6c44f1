import type { Cost, Rates } from "../../claim/experiment.ts";

/** Seconds that `replicates` of that cost take on one core, or on what a program takes. */
export function secondsOf(cost: Cost, replicates: number, rates: Rates): number {
  const work =
    cost.draws * rates.draw +
    cost.multiplyAdds * rates.multiplyAdd +
    (cost.transcendentals ?? 0) * rates.transcendental +
    (cost.seconds ?? 0) +
    rates.replicate;
  return replicates * work;
}

/**
 * Rates that size chunks and time limits, which must not depend on the machine or the engine of the day: those of plain
 * TypeScript on an x86-64 server. A prediction of time uses an engine's own, or rates fitted on the spot.
 */
export const NOMINAL_RATES: Rates = { draw: 3e-8, multiplyAdd: 1e-9, transcendental: 3e-8, replicate: 1e-6 };
