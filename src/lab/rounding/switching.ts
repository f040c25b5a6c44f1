import type { Probed } from "./probes.ts";
import { DEVIATIONS } from "./tape.ts";

/**
 * A bound on the chance that rounding takes some unit of a network to the other side of its kink, where its mask and with it the
 * gradient jump. Roundings are taken for independent, with mean 0 and within their bounds c_i (Higham and Mary 2019,
 * https://doi.org/10.1137/18M1226312): to first order the error of a unit's argument z is their weighted sum, beyond |z| on the other
 * side with a chance of exp(-z^2 / (2 s^2)) or less, s^2 the sum of squares of the weighted bounds (Hoeffding 1963,
 * https://doi.org/10.1080/01621459.1963.10500830), which is what probes estimate. Chances of all units are added up. With bounds in the place of roundings, and this tail in the place of
 * theirs, the sum is some thirty times what is seen.
 */
export function switchingChance({ exact, squares }: Probed, unit: number): number {
  let chance = 0;
  for (const [layer, values] of exact.kinks.entries()) {
    for (let i = 0; i < values.length; i++) {
      const variance = squares.kinks[layer]![i]! * unit * unit;
      // a unit that no rounding reaches, as one that is given a zero, stays where it is
      if (variance > 0) chance += Math.exp(-(values[i]! ** 2) / (2 * variance));
    }
  }
  return Math.min(1, chance);
}

/**
 * How far what the units of layer `layer` give may be off because they may be on either side of their kinks: no further than what they
 * are given is. In units of roundoff; undefined where every unit's side is clear.
 */
export function kinkErrors({ exact, squares }: Probed, layer: number, unit: number): Float64Array | undefined {
  const given = exact.kinks[layer]!;
  const errors = squares.kinks[layer]!.map((square, i) => {
    const error = DEVIATIONS * Math.sqrt(square);
    return Math.abs(given[i]!) <= error * unit ? error : 0;
  });
  return errors.some((error) => error > 0) ? errors : undefined;
}
