/**
 * Bounds for the tests: how far float32 may be from float64 in a product of masked matrices, to first order, from operation counts.
 * Not used by the engine.
 */

/** v -> D W v, W row-major; D is 1 where (W v) > 0 and else `slope`, or what `masks` says. `matrix` absent: the identity, exact. */
export interface MaskedStep {
  readonly matrix?: Float64Array;
  readonly outputs: number;
  readonly slope: number;
  readonly masks?: readonly boolean[];
}

export interface MaskedBound {
  /** ln of the squared norm after each step. */
  readonly logSquares: readonly number[];
  /** Bound on its error. */
  readonly bounds: readonly number[];
  /** Of each step: z > 0. */
  readonly masks: readonly (readonly boolean[])[];
  /** Units so near zero that float32 may see the other sign: the norms' bounds allow for it, what uses the masks does not. */
  readonly ambiguous: number;
}

/** WGSL lets + - * give either neighbour of the exact result. */
export const UNIT = 2 ** -23;

/** Second order: the bounds of the tests are below 1e-2, so is what they leave out in relation to them. */
const SECOND_ORDER = 1.02;

/**
 * Carries along, besides the vector, its derivative with respect to each rounding before (one source an entry and step: columns of
 * `sensitivity`, each times the bound on its rounding). A sum over columns of absolute values then bounds an error by the signed
 * effect of each rounding, where norms of matrices would grow like 2.8^depth. A matrix's entry has the relative error `entry`, a sum of n
 * products n + 1 roundings and a power of two none; a negative slope is rounded and multiplied (2).
 */
export function boundMaskedSteps(input: Float64Array, steps: readonly MaskedStep[], entry: number): MaskedBound {
  let vector = [...input];
  // rounded to nearest on the way to the device
  let sensitivity = vector.map((value, i) => vector.map((_, j) => (i === j ? (Math.abs(value) * UNIT) / 2 : 0)));
  const logSquares: number[] = [];
  const bounds: number[] = [];
  const masks: (readonly boolean[])[] = [];
  let ambiguous = 0;
  for (const step of steps) {
    const next =
      step.matrix === undefined
        ? { vector, sensitivity }
        : multiply(step.matrix, step.outputs, vector, sensitivity, entry);
    const mask = step.masks ?? next.vector.map((value) => value > 0);
    const errors = next.sensitivity.map((row) => SECOND_ORDER * sumOfSizes(row));
    const unclear = next.vector.map(
      (value, i) => step.masks === undefined && step.slope !== 1 && Math.abs(value) <= errors[i]!,
    );
    ambiguous += unclear.filter(Boolean).length;
    vector = next.vector.map((value, i) => (mask[i] ? value : step.slope * value));
    const fresh = vector.map((value, i) => {
      const rounding = mask[i] || step.slope === 1 ? 0 : 2 * UNIT * Math.abs(value);
      return rounding + (unclear[i] ? (1 - step.slope) * errors[i]! : 0);
    });
    sensitivity = next.sensitivity.map((row, i) => [
      ...row.map((value) => (mask[i] ? value : step.slope * value)),
      ...fresh.map((value, j) => (i === j ? value : 0)),
    ]);
    const { logSquare, bound } = measure(vector, sensitivity);
    logSquares.push(logSquare);
    bounds.push(bound);
    masks.push(mask);
    // vectors are kept at norm 1, or depth would overflow
    const norm = logSquare === -Infinity ? 1 : Math.exp(logSquare / 2);
    vector = vector.map((value) => value / norm);
    sensitivity = sensitivity.map((row) => row.map((value) => value / norm));
  }
  return { logSquares: accumulate(logSquares), bounds, masks, ambiguous };
}

function multiply(
  matrix: Float64Array,
  outputs: number,
  vector: readonly number[],
  sensitivity: readonly (readonly number[])[],
  entry: number,
): { readonly vector: number[]; readonly sensitivity: number[][] } {
  const inputs = vector.length;
  const sources = sensitivity[0]!.length;
  const out = new Array<number>(outputs).fill(0);
  const carried = out.map(() => new Array<number>(sources + outputs).fill(0));
  for (let i = 0; i < outputs; i++) {
    let sizes = 0;
    const row = carried[i]!;
    for (let j = 0; j < inputs; j++) {
      const weight = matrix[i * inputs + j]!;
      out[i]! += weight * vector[j]!;
      sizes += Math.abs(weight * vector[j]!);
      const from = sensitivity[j]!;
      for (let source = 0; source < sources; source++) row[source]! += weight * from[source]!;
    }
    row[sources + i] = (entry + inputs + 1) * UNIT * sizes;
  }
  return { vector: out, sensitivity: carried };
}

/** ln |v|^2 and its error: twice the relative error along v, and the sum of squares' own roundings. */
function measure(
  vector: readonly number[],
  sensitivity: readonly (readonly number[])[],
): { readonly logSquare: number; readonly bound: number } {
  const square = vector.reduce((sum, value) => sum + value * value, 0);
  if (square === 0) return { logSquare: -Infinity, bound: 0 };
  let along = 0;
  for (let source = 0; source < sensitivity[0]!.length; source++) {
    let effect = 0;
    for (const [i, value] of vector.entries()) effect += value * sensitivity[i]![source]!;
    along += Math.abs(effect);
  }
  return { logSquare: Math.log(square), bound: SECOND_ORDER * ((2 * along) / square + (vector.length + 2) * UNIT) };
}

function accumulate(increments: readonly number[]): readonly number[] {
  let sum = 0;
  return increments.map((increment) => {
    sum += increment;
    return sum;
  });
}

function sumOfSizes(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + Math.abs(value), 0);
}
