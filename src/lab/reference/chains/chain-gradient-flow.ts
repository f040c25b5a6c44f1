import { exp, log } from "../../../numerics/elementary.ts";
import { logAbsoluteProduct, productSign } from "./chain-product.ts";
import { integratePositive } from "./chain-quadrature.ts";

/**
 * ln of the time that gradient flow on (P - 1)^2 / 2, P = w_1 ... w_L, takes to reach P >= 1/2: -Infinity when it
 * starts there, +Infinity when it never arrives (several weights of the same smallest size and P <= 0, a saddle's
 * stable set). The quadrature's relative error is at most 1e-8, checked at each call.
 *
 * The flow keeps every w_i^2 - w_j^2. So let r be the weight of smallest size, with the sign of P, and
 * q(r) = product over the others of sqrt(w_i^2 - w_min^2 + r^2) > 0: then P = r q(r), dr/dt = q(r) (1 - r q(r)), and
 * T is the integral of 1 / (q (1 - r q)) from r_0 to the root of r q(r) = 1/2, through r = 0 when P < 0 (that weight
 * changes its sign). RangeError for a chain so explosive that this root is below 1e-300. With s = r^2 - w_min^2 this is the integral of ds / (2 p (1 - p)), p = |P|, up and down
 * (the conserved quantities: Arora, Cohen and Hazan 2018, https://arxiv.org/abs/1802.06509, theorem 1).
 *
 * Cost: a few hundred to a few thousand evaluations of q, `depth` multiplications each.
 */
export function logGradientFlowEscape(weights: Float64Array): number {
  const flow = flowOf(weights);
  if (flow.sign > 0 && logAbsoluteProduct(weights) >= LOG_TARGET) return Number.NEGATIVE_INFINITY;
  if (flow.gap === 0 && flow.start <= 0) return Number.POSITIVE_INFINITY;
  return logTravelTime(flow, escapePoint(flow));
}

/** ln of the output that counts as escaped. */
export const LOG_TARGET = log(0.5);

/** Largest relative error of a time. */
export const RELATIVE_ERROR = 1e-8;

/** Share of that error for one panel; chains of depth 4096 take fewer than 1,000 panels. */
export const PANEL_TOLERANCE = RELATIVE_ERROR / 1000;

interface Flow {
  /** r at time 0. */
  readonly start: number;
  readonly sign: number;
  /** w_i^2 - w_min^2 of all other weights. */
  readonly offsets: Float64Array;
  /** Square root of the smallest offset (1 when there is no other weight): the scale on which q varies near r = 0. */
  readonly gap: number;
}

function flowOf(weights: Float64Array): Flow {
  let least = 0;
  for (let layer = 1; layer < weights.length; layer++) {
    if (Math.abs(weights[layer]!) < Math.abs(weights[least]!)) least = layer;
  }
  const smallest = Math.abs(weights[least]!);
  const sign = productSign(weights);
  const offsets = new Float64Array(weights.length - 1);
  let smallestOffset = weights.length === 1 ? 1 : Number.POSITIVE_INFINITY;
  for (let layer = 0, other = 0; layer < weights.length; layer++) {
    if (layer === least) continue;
    const size = Math.abs(weights[layer]!);
    const offset = (size - smallest) * (size + smallest);
    offsets[other++] = offset;
    smallestOffset = Math.min(smallestOffset, offset);
  }
  return { start: sign * smallest, sign, offsets, gap: Math.sqrt(smallestOffset) };
}

/** ln q(r), with one logarithm for many factors: a partial product is logged before it can leave float64's range. */
function logOthers(offsets: Float64Array, r: number): number {
  const square = r * r;
  let sum = 0;
  let product = 1;
  for (let other = 0; other < offsets.length; other++) {
    product *= offsets[other]! + square;
    if (product < 1e-150 || product > 1e150) {
      sum += log(product);
      product = 1;
    }
  }
  return 0.5 * (sum + log(product));
}

/**
 * The r > 0 at which r q(r) = 1/2. ln(r q(r)) is increasing and convex in x = ln r, and at least L x, so Newton's
 * method from x = ln(1/2) / L comes down to the root without passing it.
 */
function escapePoint(flow: Flow): number {
  let x = LOG_TARGET / (flow.offsets.length + 1);
  for (;;) {
    const r = exp(x);
    const next = x - (x + logOthers(flow.offsets, r) - LOG_TARGET) / logSlope(flow.offsets, r);
    // Convergence is from above and quadratic: the first step that does not go down is rounding.
    if (!(next < x)) return r;
    x = next;
  }
}

/** Derivative of ln(r q(r)) with respect to ln r. */
function logSlope(offsets: Float64Array, r: number): number {
  const square = r * r;
  let slope = 1;
  for (let other = 0; other < offsets.length; other++) slope += square / (offsets[other]! + square);
  return slope;
}

/**
 * 1 / q has singularities at r = +-i sqrt(offset), as near as `gap` to r = 0, and 1 / (1 - r q) has a pole beyond `end`.
 * With r = scale * sinh(x) all of them lie a distance of order 1 from a path through r = 0. A path that starts at r > 0
 * passes none nearer than r, so the scale need not be smaller.
 */
function logTravelTime(flow: Flow, end: number): number {
  const { offsets, start } = flow;
  requireResolvable(end);
  const scale = Math.max(Math.min(flow.gap, end), start);
  const slowest = Math.max(start, 0);
  const logSlowest = logOthers(offsets, slowest);
  const time = (x: number): number => {
    const grown = 0.5 * exp(x);
    const shrunk = 0.25 / grown;
    const r = scale * (grown - shrunk);
    const logQ = logOthers(offsets, r);
    return (scale * (grown + shrunk) * exp(logSlowest - logQ)) / (1 - r * exp(logQ));
  };
  const from = inverseHyperbolicSine(slowest / scale);
  const rise = integratePositive(time, { from, to: inverseHyperbolicSine(end / scale), known: 0 }, PANEL_TOLERANCE);
  const before = { from: -inverseHyperbolicSine((slowest - start) / scale), to: from, known: rise.value };
  const fall = start < 0 ? integratePositive(time, before, PANEL_TOLERANCE) : { value: 0, error: 0 };
  const total = rise.value + fall.value;
  if (!(rise.error + fall.error <= RELATIVE_ERROR * total)) {
    throw new RangeError(
      `the escape time requires a relative error of at most ${RELATIVE_ERROR}, got ${(rise.error + fall.error) / total}`,
    );
  }
  return log(total) - logSlowest;
}

/** Below this the scale of the path, or the time itself, would lose digits to underflow: chains that explode by e^690. */
function requireResolvable(end: number): void {
  if (!(end > 1e-300)) {
    throw new RangeError(`gradient flow requires an escape at a smallest weight above 1e-300, got ${end}`);
  }
}

/** For x >= 0. */
function inverseHyperbolicSine(x: number): number {
  return log(x + Math.sqrt(x * x + 1));
}
