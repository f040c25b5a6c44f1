import { fillRademacher, openStream } from "../../numerics/random.ts";
import { LANES, type StreamKey } from "../../numerics/stream.ts";
import { type PassRequest, passForward, type RunningPrecision } from "./passes.ts";
import { type OwnRounding, openTape } from "./tape.ts";

/**
 * A bound on the chance that rounding takes some unit of a network to the other side of its kink, where its mask and with it the
 * gradient jump. Roundings are taken for independent, with mean 0 and within their bounds c_i (Higham and Mary 2019,
 * https://doi.org/10.1137/18M1226312): to first order the error of a unit's argument z is their weighted sum, beyond |z| on the other
 * side with a chance of exp(-z^2 / (2 s^2)) or less, s^2 the sum of squares of the weighted bounds (Hoeffding 1963,
 * https://doi.org/10.1080/01621459.1963.10500830). s^2 is the variance of the same sum with signs in the bounds' place, and is
 * estimated by PROBES passes with random signs, on which the bounds are made so small that float64 sees the first order alone.
 * A sum of k roundings counts as k independent ones. Chances of all units are added up.
 */
export function switchingChance(
  request: PassRequest,
  replicate: { readonly key: StreamKey; readonly index: number },
  precision: RunningPrecision,
): number {
  const at = argumentsOf(request, replicate, precision);
  if (at.length === 0) return 0;
  const variances = at.map((values) => new Float64Array(values.length));
  for (let probe = 0; probe < PROBES; probe++) {
    const disturbed = argumentsOf(request, replicate, precision, probe);
    for (const [kink, values] of disturbed.entries()) {
      const variance = variances[kink]!;
      for (let i = 0; i < values.length; i++) variance[i]! += (values[i]! - at[kink]![i]!) ** 2 / PROBES;
    }
  }
  let chance = 0;
  for (const [kink, values] of at.entries()) {
    for (let i = 0; i < values.length; i++) {
      const variance = variances[kink]![i]! * (precision.unit / TINY) ** 2;
      // a unit that no rounding reaches, as one that is given a zero, stays where it is
      if (variance > 0) chance += Math.exp(-(values[i]! ** 2) / (2 * variance));
    }
  }
  return Math.min(1, chance);
}

/** The variance of 16 squares is within a factor of 3 of its mean but for a chance of 1e-3, and s is several times too large by its bounds. */
const PROBES = 16;

/** In place of u: far above float64's own roundings, and so far below u that no second order is seen. */
const TINY = 2 ** -36;

/** What all units with a kink are given, exactly or with a random sign times its bound on each rounding. */
function argumentsOf(
  request: PassRequest,
  replicate: { readonly key: StreamKey; readonly index: number },
  precision: RunningPrecision,
  probe?: number,
): readonly Float64Array[] {
  const seen: Float64Array[] = [];
  const tape = probe === undefined ? openTape() : openTape(disturbance(replicate, probe));
  passForward(tape, request, replicate, precision, ({ values }) => seen.push(values));
  return seen;
}

function disturbance({ key, index }: { readonly key: StreamKey; readonly index: number }, probe: number) {
  const stream = openStream(key, index * PROBES + probe, LANES.noise);
  return (values: Float64Array, { units, shared = 0, sizes }: OwnRounding) => {
    const bounds = sizes().slice();
    const size = (Math.sqrt(units) + shared) * TINY;
    const signs = new Float64Array(values.length);
    fillRademacher(stream, signs, 0, signs.length);
    for (let i = 0; i < values.length; i++) values[i]! += signs[i]! * size * bounds[i]!;
  };
}
