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

/** Curved activations by their textbook formulas; Phi by its own series, 1/2 + phi (z + z^3/3 + z^5/15 + ...), for |z| below 8. */
export function curved(name: "sigmoid" | "silu" | "gelu" | "selu", x: HyperDual): HyperDual {
  const z = x.v;
  const s = 1 / (1 + Math.exp(-z));
  const slope = s * (1 - s);
  const bend = slope * (1 - 2 * s);
  if (name === "sigmoid") return lifted(x, s, slope, bend);
  if (name === "silu") return lifted(x, z * s, s + z * slope, 2 * slope + z * bend);
  if (name === "selu") {
    const [scale, alpha] = [1.0507009873554805, 1.6732632423543772];
    if (z > 0) return lifted(x, scale * z, scale, 0);
    return lifted(x, scale * alpha * Math.expm1(z), scale * alpha * Math.exp(z), scale * alpha * Math.exp(z));
  }
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  let series = 0;
  let term = z;
  for (let odd = 3; Math.abs(term) > 1e-18 * Math.abs(series); odd += 2) {
    series += term;
    term *= (z * z) / odd;
  }
  const below = 0.5 + density * series;
  return lifted(x, z * below, below + z * density, density * (2 - z * z));
}

/** x where it is positive, else slope * x: differentiated piecewise. */
export function rectified(x: HyperDual, slope: number): HyperDual {
  return x.v > 0 ? x : scaled(slope, x);
}
