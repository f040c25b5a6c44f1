/**
 * A computation in float64 that knows where float32 would have rounded it. Every quantity remembers how far one rounding of its own
 * may be from what it was computed of, and how to take derivatives back through it. The derivative of a result with respect to
 * every quantity before it is then what each rounding does to the result, to first order (Linnainmaa 1976, Taylor expansion of the
 * accumulated rounding error, https://doi.org/10.1007/BF01931367). No norms of matrices come in, which would grow with depth
 * where errors do not.
 */
export interface Tape {
  /** Puts a quantity behind all others; it owns `values` from here on. */
  readonly record: (values: Float64Array, how: Recorded) => Quantity;
  readonly steps: readonly Step[];
}

export interface Quantity {
  readonly tape: Tape;
  /** Place on the tape: a quantity is made of earlier ones alone. */
  readonly at: number;
  readonly values: Float64Array;
}

/** Each number is off by at most `units` + `shared` times u times its size, u the unit roundoff; by none where absent. */
export interface OwnRounding {
  /** Roundings of its own. */
  readonly units: number;
  /** Errors that other numbers may have as well, as of a function or a constant; absent: none. */
  readonly shared?: number;
  readonly sizes: () => Float64Array;
}

export interface Recorded {
  readonly rounding?: OwnRounding;
  /** What a cotangent of this quantity is to those it was made of, in quantities of the same tape. */
  readonly back?: (cotangent: Quantity) => readonly (readonly [Quantity, Quantity])[];
}

interface Step extends Recorded {
  readonly quantity: Quantity;
}

/** `disturb` may change the numbers of a quantity before anything is made of them. */
export function openTape(disturb?: (values: Float64Array, rounding: OwnRounding) => void): Tape {
  const steps: Step[] = [];
  const tape: Tape = {
    steps,
    record(values, how) {
      if (how.rounding !== undefined) disturb?.(values, how.rounding);
      const quantity = { tape, at: steps.length, values };
      steps.push({ quantity, ...how });
      return quantity;
    },
  };
  return tape;
}

/** A number is given by its index. */
export function tabulated(length: number, value: (index: number) => number): Float64Array {
  const values = new Float64Array(length);
  for (let index = 0; index < length; index++) values[index] = value(index);
  return values;
}

/** a + b, number by number: one rounding. */
export function add(a: Quantity, b: Quantity): Quantity {
  const values = tabulated(a.values.length, (i) => a.values[i]! + b.values[i]!);
  return a.tape.record(values, {
    rounding: { units: 1, sizes: () => values },
    back: (cotangent) => [
      [a, cotangent],
      [b, cotangent],
    ],
  });
}

export type Cotangents = ReadonlyMap<Quantity, Quantity>;

/**
 * The cotangents of every quantity from `last` on that the seeds depend on, computed on the tape like all else: they have
 * roundings and derivatives of their own. Cost: about three times that of what is differentiated.
 */
export function pullBack(seeds: Cotangents, last: Quantity | undefined = undefined): Cotangents {
  const found = new Map<Quantity, Quantity>(seeds);
  const from = Math.max(-1, ...[...seeds.keys()].map(({ at }) => at));
  const [first] = seeds.keys();
  for (let at = from; at > (last?.at ?? -1); at--) {
    const { quantity, back } = first!.tape.steps[at]!;
    const cotangent = found.get(quantity);
    if (cotangent === undefined) continue;
    for (const [part, contribution] of back?.(cotangent) ?? []) {
      const known = found.get(part);
      found.set(part, known === undefined ? contribution : add(known, contribution));
    }
  }
  return found;
}

/**
 * What all roundings on the tape may do to a result with these derivatives, to first order and in units of u: the smaller of two.
 * Added up in absolute value, sum of |d_v| units_v size_v, it is never more (Higham 2002, Accuracy and Stability of Numerical
 * Algorithms, section 3.3). Roundings to nearest taken for independent, with mean 0 (Higham and Mary 2019,
 * https://doi.org/10.1137/18M1226312), it is beyond DEVIATIONS s with a chance of 2 exp(-DEVIATIONS^2 / 2) or less, s^2 = sum of
 * units_v (d_v size_v)^2 (Hoeffding 1963, https://doi.org/10.1080/01621459.1963.10500830); shared errors are added up in
 * absolute value all the same.
 */
export function firstOrderError(derivatives: ReadonlyMap<Quantity, Float64Array>): number {
  const seeds = [...derivatives].map(([quantity, values]) => [quantity, quantity.tape.record(values, {})] as const);
  let most = 0;
  let squares = 0;
  let together = 0;
  for (const [{ tape, at }, { values }] of pullBack(new Map(seeds))) {
    const { rounding } = tape.steps[at]!;
    if (rounding === undefined) continue;
    const { units, shared = 0 } = rounding;
    const sizes = rounding.sizes();
    for (let i = 0; i < sizes.length; i++) {
      const effect = Math.abs(values[i]! * sizes[i]!);
      most += units * effect;
      squares += units * effect * effect;
      together += shared * effect;
    }
  }
  return Math.min(most, DEVIATIONS * Math.sqrt(squares)) + together;
}

/** Spreads of a sum of roundings that are taken for its most. */
export const DEVIATIONS = 8;

/** That a result is further off than `firstOrderError`. */
export const BEYOND_DEVIATIONS = 2 * Math.exp(-(DEVIATIONS ** 2) / 2);
