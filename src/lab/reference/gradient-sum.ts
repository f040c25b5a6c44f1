import { exp, log } from "../../numerics/elementary.ts";
import type { Tape } from "./tape.ts";

/** Memory for the sum over examples of one row of a layer's gradient. */
export interface GradientSum {
  /** Each example's size, relative to the largest. */
  readonly shares: Float64Array;
  readonly row: Float64Array;
  /** Where the representations begin of the examples that have a part in the row, and their factors. */
  readonly starts: Int32Array;
  readonly factors: Float64Array;
}

export function openGradientSum(tape: Tape): GradientSum {
  return {
    shares: new Float64Array(tape.examples),
    row: new Float64Array(Math.max(...tape.network.widths)),
    starts: new Int32Array(tape.examples),
    factors: new Float64Array(tape.examples),
  };
}

/**
 * ln of the Frobenius norm of the sum over examples of delta_l h_{l-1}^T, from the passes that `tape` holds; -Infinity
 * where it is exactly zero. Summed relative to the largest example, so that nothing overflows, and what underflows is
 * below 1e-308 of the sum. Cost: examples * fanIn * fanOut multiply-adds, without the units that are masked.
 */
export function logNormOfGradient(tape: Tape, layer: number, sum: GradientSum): number {
  const largest = fillShares(tape, layer, sum.shares);
  if (largest === -Infinity) return -Infinity;
  const { fanIn, fanOut } = tape.layers[layer - 1]!;
  const { row } = sum;
  let square = 0;
  for (let output = 0; output < fanOut; output++) {
    fillRow(tape, layer, output, sum);
    for (let input = 0; input < fanIn; input++) square += row[input]! * row[input]!;
  }
  return log(square) / 2 + largest;
}

/** Gives the largest ln of an example's ||delta_l|| ||h_{l-1}||, and leaves all of them relative to it, out of the log. */
function fillShares(tape: Tape, layer: number, shares: Float64Array): number {
  const { depth, examples, logHidden, logDelta } = tape;
  let largest = -Infinity;
  for (let example = 0; example < examples; example++) {
    const at = example * (depth + 1) + layer;
    shares[example] = (logDelta[at]! + logHidden[at - 1]!) / 2;
    if (shares[example]! > largest) largest = shares[example]!;
  }
  if (largest === -Infinity) return largest;
  for (let example = 0; example < examples; example++) shares[example] = exp(shares[example]! - largest);
  return largest;
}

/** Row `output` of the gradient: examples in order, those without a part left out, since adding a zero changes no byte. */
function fillRow(tape: Tape, layer: number, output: number, sum: GradientSum): void {
  const { examples, unitsAt, units, hidden, delta } = tape;
  const { shares, row, starts, factors } = sum;
  const { fanIn } = tape.layers[layer - 1]!;
  let parts = 0;
  for (let example = 0; example < examples; example++) {
    const factor = shares[example]! * delta[example * units + unitsAt[layer]! + output]!;
    if (factor === 0) continue;
    starts[parts] = example * units + unitsAt[layer - 1]!;
    factors[parts++] = factor;
  }
  row.fill(0, 0, fanIn);
  const blocked = parts - (parts % 4);
  for (let part = 0; part < blocked; part += 4) addFour(hidden, starts, factors, part, row, fanIn);
  for (let part = blocked; part < parts; part++) {
    const start = starts[part]!;
    const factor = factors[part]!;
    for (let input = 0; input < fanIn; input++) row[input]! += factor * hidden[start + input]!;
  }
}

/** Four terms of each sum a visit, one after another. */
function addFour(
  hidden: Float64Array,
  starts: Int32Array,
  factors: Float64Array,
  part: number,
  row: Float64Array,
  fanIn: number,
): void {
  const first = starts[part]!;
  const second = starts[part + 1]!;
  const third = starts[part + 2]!;
  const fourth = starts[part + 3]!;
  const a = factors[part]!;
  const b = factors[part + 1]!;
  const c = factors[part + 2]!;
  const d = factors[part + 3]!;
  for (let input = 0; input < fanIn; input++) {
    let value = row[input]!;
    value += a * hidden[first + input]!;
    value += b * hidden[second + input]!;
    value += c * hidden[third + input]!;
    value += d * hidden[fourth + input]!;
    row[input] = value;
  }
}
