/** An integral of a positive function and a bound on its error. */
export interface Quadrature {
  readonly value: number;
  readonly error: number;
}

/**
 * Integral of a positive function from `from` to `to` by bisection, each panel with the Gauss-Kronrod rule of 7 and 15
 * points (Piessens et al., QUADPACK, 1983, routine qk15). The difference of the two rules bounds the error of the
 * better one. A panel is accepted when that is at most `tolerance` times what is known of the integral, from `known`
 * (a part integrated elsewhere) and the panels to the left; so start where the function is large.
 *
 * Throws a RangeError when 60 bisections do not suffice. Cost: 15 evaluations a panel.
 */
export function integratePositive(
  evaluate: (x: number) => number,
  interval: { readonly from: number; readonly to: number; readonly known: number },
  tolerance: number,
): Quadrature {
  const pending: Panel[] = [{ from: interval.from, to: interval.to, bisections: 0 }];
  let value = 0;
  let error = 0;
  for (let panel = pending.pop(); panel !== undefined; panel = pending.pop()) {
    const estimate = gaussKronrod(evaluate, panel.from, panel.to);
    if (estimate.error <= tolerance * (interval.known + value + estimate.value)) {
      value += estimate.value;
      error += estimate.error;
    } else {
      bisect(panel, pending);
    }
  }
  return { value, error };
}

interface Panel {
  readonly from: number;
  readonly to: number;
  readonly bisections: number;
}

/** Beyond this a panel is narrower than the spacing of the numbers in it: the integrand is not finite or not smooth. */
export const MOST_BISECTIONS = 60;

function bisect(panel: Panel, pending: Panel[]): void {
  if (panel.bisections === MOST_BISECTIONS) {
    throw new RangeError(`the quadrature requires a smooth integrand, got one that is not near ${panel.from}`);
  }
  const middle = 0.5 * (panel.from + panel.to);
  const bisections = panel.bisections + 1;
  pending.push({ from: middle, to: panel.to, bisections }, { from: panel.from, to: middle, bisections });
}

/** The Kronrod estimate of the integral over one panel; its error bound is the distance to the Gauss estimate. */
export function gaussKronrod(evaluate: (x: number) => number, from: number, to: number): Quadrature {
  const centre = 0.5 * (from + to);
  const half = 0.5 * (to - from);
  const middle = evaluate(centre);
  let kronrod = CENTRE_KRONROD_WEIGHT * middle;
  let gauss = CENTRE_GAUSS_WEIGHT * middle;
  for (let node = 0; node < NODES.length; node++) {
    const offset = half * NODES[node]!;
    const pair = evaluate(centre - offset) + evaluate(centre + offset);
    kronrod += KRONROD_WEIGHTS[node]! * pair;
    gauss += GAUSS_WEIGHTS[node]! * pair;
  }
  return { value: kronrod * half, error: Math.abs(kronrod - gauss) * Math.abs(half) };
}

// Table of qk15: https://www.netlib.org/quadpack/dqk15.f
export const NODES = [
  0.9914553711208126, 0.9491079123427585, 0.8648644233597691, 0.7415311855993945, 0.5860872354676911,
  0.4058451513773972, 0.20778495500789848,
];
export const KRONROD_WEIGHTS = [
  0.022935322010529224, 0.06309209262997856, 0.10479001032225019, 0.14065325971552592, 0.1690047266392679,
  0.19035057806478542, 0.20443294007529889,
];
export const GAUSS_WEIGHTS = [0, 0.1294849661688697, 0, 0.27970539148927664, 0, 0.3818300505051189, 0];
export const CENTRE_KRONROD_WEIGHT = 0.20948214108472782;
export const CENTRE_GAUSS_WEIGHT = 0.4179591836734694;
