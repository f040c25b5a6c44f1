import { fillRademacher, openStream } from "../../numerics/random.ts";
import { LANES, type StreamKey } from "../../numerics/stream.ts";
import { type PassRequest, passForward, type RunningPrecision } from "./passes.ts";
import { type OwnRounding, openTape } from "./tape.ts";

/** What a forward pass shows: what units with a kink are given, layer by layer, and its outputs. */
export interface Shown {
  readonly kinks: readonly Float64Array[];
  readonly outputs: Float64Array;
}

/** The same with a mean square of its error beside each number, in units of roundoff. */
export interface Probed {
  readonly exact: Shown;
  readonly squares: Shown;
}

/**
 * How far roundings take the numbers of a pass, to first order: the mean square over PROBES passes that put random signs times
 * its bound in the place of each rounding, a sum of k roundings counting as k independent ones. The bounds are made so small that
 * float64 sees the first order alone. Nothing is probed where only kinks are asked for and there are none. Undefined for a network with an activation that has not been analysed.
 */
export function probe(
  request: PassRequest,
  replicate: { readonly key: StreamKey; readonly index: number },
  precision: RunningPrecision,
  wanted: "kinks" | "outputs",
): Probed | undefined {
  const exact = show(request, replicate, precision);
  if (exact === undefined) return undefined;
  const squares = { kinks: exact.kinks.map(zerosLike), outputs: zerosLike(exact.outputs) };
  if (wanted === "kinks" && exact.kinks.length === 0) return { exact, squares };
  for (let round = 0; round < PROBES; round++) {
    const { kinks, outputs } = show(request, replicate, precision, disturbance(replicate, round))!;
    for (const [layer, values] of kinks.entries()) addSquares(squares.kinks[layer]!, values, exact.kinks[layer]!);
    addSquares(squares.outputs, outputs, exact.outputs);
  }
  return { exact, squares };
}

/** A mean of 16 squares is below a third of what it estimates with a chance of 1e-3, and bounds are several times what roundings are. */
const PROBES = 16;

/** In place of the unit roundoff: far above float64's own, and so far below float32's that no second order is seen. */
const TINY = 2 ** -36;

function show(
  request: PassRequest,
  replicate: { readonly key: StreamKey; readonly index: number },
  precision: RunningPrecision,
  disturb?: (values: Float64Array, rounding: OwnRounding) => void,
): Shown | undefined {
  const kinks: Float64Array[] = [];
  const pass = passForward(openTape(disturb), request, replicate, precision, ({ values }) => {
    kinks.push(values);
    return undefined;
  });
  return pass && { kinks, outputs: pass.points[pass.points.length - 1]!.values };
}

function disturbance({ key, index }: { readonly key: StreamKey; readonly index: number }, round: number) {
  const stream = openStream(key, index * PROBES + round, LANES.noise);
  return (values: Float64Array, { units, shared = 0, sizes }: OwnRounding) => {
    const bounds = sizes().slice();
    const size = (Math.sqrt(units) + shared) * TINY;
    const signs = new Float64Array(values.length);
    fillRademacher(stream, signs, 0, signs.length);
    for (let i = 0; i < values.length; i++) values[i]! += signs[i]! * size * bounds[i]!;
  };
}

function addSquares(into: Float64Array, values: Float64Array, exact: Float64Array): void {
  for (let i = 0; i < into.length; i++) into[i]! += ((values[i]! - exact[i]!) / TINY) ** 2 / PROBES;
}

function zerosLike({ length }: Float64Array): Float64Array {
  return new Float64Array(length);
}
