import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import { exp, tanh } from "../../numerics/elementary.ts";
import { refuseUnknown } from "../networks/kinds.ts";
import type { SmoothActivation } from "../networks/network.ts";

/** f(z), f'(z) and f''(z), at 0, 1 and 2. */
type Derivatives = Float64Array;

/** Scale and slope at minus infinity that make N(0, 1) a fixed point of mean and variance: Klambauer et al. 2017, arXiv 1706.02515. */
const SELU_SCALE = 1.0507009873554805;
const SELU_ALPHA = 1.6732632423543772;
const NORMAL_DENSITY = 0.3989422804014327;
/** Below it e^z and Phi(z) are 0, and z times them is 0 for -Infinity, too. */
const ZERO_BELOW = -800;

/**
 * h = f(z), first = f'(z), second = f''(z) on one array; h may be z, `first` or `second` may be -1 (not wanted). A loop of
 * plain TypeScript for all engines in float64: bytes are equal because it is one. It is short beside the products around it.
 */
export function activateSmooth(
  memory: Float64Array,
  activation: SmoothActivation,
  length: number,
  z: number,
  h: number,
  first: number,
  second: number,
): void {
  const derivatives = derivativesOf(activation);
  const out = new Float64Array(3);
  for (let i = 0; i < length; i++) {
    derivatives(memory[z + i]!, out);
    memory[h + i] = out[0]!;
    if (first >= 0) memory[first + i] = out[1]!;
    if (second >= 0) memory[second + i] = out[2]!;
  }
}

function derivativesOf(activation: SmoothActivation): (z: number, out: Derivatives) => void {
  switch (activation) {
    case "tanh":
      return hyperbolicTangent;
    case "sigmoid":
      return sigmoid;
    case "silu":
      return silu;
    case "gelu":
      return gelu;
    case "selu":
      return selu;
    default:
      return refuseUnknown("an activation", activation);
  }
}

/** f' = 1 - h * h, f'' = -2 * (h * f'). */
function hyperbolicTangent(z: number, out: Derivatives): void {
  const value = tanh(z);
  const slope = 1 - value * value;
  out[0] = value;
  out[1] = slope;
  out[2] = -2 * (value * slope);
}

/** From e^-|z|, so that neither end loses digits: with e = e^-|z|, f' = e / (1 + e)^2 and f'' = -sign(z) f' (1 - e) / (1 + e). */
function sigmoid(z: number, out: Derivatives): void {
  const e = exp(-Math.abs(z));
  const half = 1 / (1 + e);
  const slope = e * half * half;
  const bend = slope * (1 - e) * half;
  out[0] = z < 0 ? e * half : half;
  out[1] = slope;
  out[2] = z < 0 ? bend : -bend;
}

/** z sigmoid(z). */
function silu(z: number, out: Derivatives): void {
  const x = z < ZERO_BELOW ? ZERO_BELOW : z;
  sigmoid(x, out);
  const [value, slope, bend] = [out[0]!, out[1]!, out[2]!];
  const finite = x === Infinity ? 0 : x;
  out[0] = x * value;
  out[1] = value + finite * slope;
  out[2] = 2 * slope + finite * bend;
}

/** z Phi(z): f' = Phi + z phi, f'' = phi (2 - z^2). */
function gelu(z: number, out: Derivatives): void {
  const x = z < ZERO_BELOW ? ZERO_BELOW : z;
  const below = normalCdf(x, 0, 1);
  const density = NORMAL_DENSITY * exp(-0.5 * x * x);
  const finite = x === Infinity ? 0 : x;
  out[0] = x * below;
  out[1] = below + finite * density;
  out[2] = density * (2 - finite * finite);
}

/** e^z - 1 = 2t / (1 - t) with t = tanh(z / 2) keeps its digits near 0; at 0 the derivative is the left one. */
function selu(z: number, out: Derivatives): void {
  if (z > 0) {
    out[0] = SELU_SCALE * z;
    out[1] = SELU_SCALE;
    out[2] = 0;
    return;
  }
  const t = tanh(0.5 * z);
  const slope = SELU_SCALE * SELU_ALPHA * exp(z);
  out[0] = SELU_SCALE * SELU_ALPHA * ((2 * t) / (1 - t));
  out[1] = slope;
  out[2] = slope;
}
