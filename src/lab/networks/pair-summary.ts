import { log } from "../../numerics/elementary.ts";

/** What `propagateBatch` says of one network. */
export interface PairSummary {
  readonly logOneMinusCosine: number;
  readonly collapsed: number;
  readonly inputOneMinusCosine: number;
  readonly alive: number;
}

/**
 * Reduces the distances |u - v|^2 / 2 of the pairs of a batch, given which of its representations are not zero. `distances`
 * compute them for the pairs of those images that count, into memory that each may use again and that may be reordered.
 */
export function summarisePairs(
  nonZero: Uint8Array,
  distances: {
    readonly inputs: (counted: Uint8Array) => Float64Array;
    readonly outputs: (counted: Uint8Array) => Float64Array;
  },
): PairSummary {
  const survivors = countTrue(nonZero);
  const areEnough = survivors >= 2;
  const counted = areEnough ? nonZero : new Uint8Array(nonZero.length).fill(1);
  const inputOneMinusCosine = median(distances.inputs(counted));
  const alive = survivors === nonZero.length ? 1 : 0;
  if (!areEnough) return { logOneMinusCosine: -Infinity, collapsed: 1, inputOneMinusCosine, alive };
  const outputs = distances.outputs(counted);
  const collapsed = countZeros(outputs) / outputs.length;
  return { logOneMinusCosine: medianOfLogs(outputs), collapsed, inputOneMinusCosine, alive };
}

/** |u - v|^2 / 2 for each pair of unit vectors that counts, in `out`; gives the part of `out` that was filled. */
export function pairDistances(
  vectors: Float64Array,
  width: number,
  counted: Uint8Array,
  out: Float64Array,
): Float64Array {
  let pairs = 0;
  for (let first = 0; first < counted.length; first++) {
    if (counted[first] === 0) continue;
    for (let second = first + 1; second < counted.length; second++) {
      if (counted[second] === 0) continue;
      let sum = 0;
      for (let unit = 0; unit < width; unit++) {
        const difference = vectors[first * width + unit]! - vectors[second * width + unit]!;
        sum += difference * difference;
      }
      out[pairs++] = sum / 2;
    }
  }
  return out.subarray(0, pairs);
}

/** Sorts in place. The mean of the two middle values where their number is even. */
function median(values: Float64Array): number {
  values.sort();
  const upper = values.length >> 1;
  return values.length % 2 === 1 ? values[upper]! : (values[upper - 1]! + values[upper]!) / 2;
}

function medianOfLogs(values: Float64Array): number {
  for (let index = 0; index < values.length; index++) values[index] = log(values[index]!);
  return median(values);
}

function countZeros(values: Float64Array): number {
  let zeros = 0;
  for (let index = 0; index < values.length; index++) if (values[index] === 0) zeros++;
  return zeros;
}

function countTrue(flags: Uint8Array): number {
  let sum = 0;
  for (let index = 0; index < flags.length; index++) sum += flags[index]!;
  return sum;
}
