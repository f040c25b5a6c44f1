/**
 * Numbers v + a e1 + b e2 + ab e1 e2 with e1^2 = e2^2 = 0: a function of them carries its exact first derivatives along two
 * directions and its exact second derivative along both, with no step to choose.
 */
export interface HyperDual {
  readonly v: number;
  readonly a: number;
  readonly b: number;
  readonly ab: number;
}

export const ZERO: HyperDual = { v: 0, a: 0, b: 0, ab: 0 };

export function constant(v: number): HyperDual {
  return { v, a: 0, b: 0, ab: 0 };
}

export function plus(x: HyperDual, y: HyperDual): HyperDual {
  return { v: x.v + y.v, a: x.a + y.a, b: x.b + y.b, ab: x.ab + y.ab };
}

export function times(x: HyperDual, y: HyperDual): HyperDual {
  return {
    v: x.v * y.v,
    a: x.a * y.v + x.v * y.a,
    b: x.b * y.v + x.v * y.b,
    ab: x.ab * y.v + x.a * y.b + x.b * y.a + x.v * y.ab,
  };
}

export function scaled(factor: number, x: HyperDual): HyperDual {
  return { v: factor * x.v, a: factor * x.a, b: factor * x.b, ab: factor * x.ab };
}

export function minus(x: HyperDual, y: HyperDual): HyperDual {
  return plus(x, scaled(-1, y));
}

export function sum(terms: readonly HyperDual[]): HyperDual {
  return terms.reduce(plus, ZERO);
}

/** f(x) from the value and the first two derivatives of f at x.v. */
export function lifted(x: HyperDual, value: number, first: number, second: number): HyperDual {
  return { v: value, a: first * x.a, b: first * x.b, ab: first * x.ab + second * x.a * x.b };
}

export function exponential(x: HyperDual): HyperDual {
  const value = Math.exp(x.v);
  return lifted(x, value, value, value);
}

export function logarithm(x: HyperDual): HyperDual {
  return lifted(x, Math.log(x.v), 1 / x.v, -1 / (x.v * x.v));
}

/** x^(-1/2) */
export function inverseRoot(x: HyperDual): HyperDual {
  const value = 1 / Math.sqrt(x.v);
  return lifted(x, value, (-0.5 * value) / x.v, (0.75 * value) / (x.v * x.v));
}

export function hyperbolicTangent(x: HyperDual): HyperDual {
  const value = Math.tanh(x.v);
  const slope = 1 - value * value;
  return lifted(x, value, slope, -2 * value * slope);
}

/** x where it is positive, else slope * x: differentiated piecewise. */
export function rectified(x: HyperDual, slope: number): HyperDual {
  return x.v > 0 ? x : scaled(slope, x);
}
