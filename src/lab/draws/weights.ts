import { fillHaar } from "../../numerics/haar.ts";
import type { Layer } from "../../numerics/matrix.ts";
import { fillGaussian, fillRademacher, fillUniform, nextUniform, type Stream } from "../../numerics/random.ts";
import { refuseUnknown } from "../networks/kinds.ts";
import type { Initialisation } from "../networks/network.ts";

/**
 * Fresh weights of one layer, in place; the description has been checked by `requireInitialisation`. Draws: one fill of
 * the law for the whole layer; Student's t takes uniforms in pairs until a pair lies in the unit disc.
 */
export function fillWeights(init: Initialisation, layer: Layer, stream: Stream): void {
  const { weights, at, fanIn, fanOut } = layer;
  const to = at + fanIn * fanOut;
  fillStandard(init, layer, stream, to);
  const scale = weightScale(init, fanIn, fanOut);
  for (let index = at; index < to; index++) weights[index]! *= scale;
}

/** The factor that takes draws from the law in its usual scale to the weights of a layer. */
export function weightScale(init: Initialisation, fanIn: number, fanOut: number): number {
  return standardScale(init, fanIn, fanOut) * Math.sqrt(init.gain);
}

/** Number of weights of the largest layer. */
export function largestLayer(widths: readonly number[]): number {
  let largest = 0;
  for (let layer = 1; layer < widths.length; layer++) {
    largest = Math.max(largest, widths[layer - 1]! * widths[layer]!);
  }
  return largest;
}

/** Draws from the law in its usual scale. */
function fillStandard(init: Initialisation, layer: Layer, stream: Stream, to: number): void {
  const { weights, at, fanIn } = layer;
  switch (init.law) {
    case "gaussian":
      fillGaussian(stream, weights, at, to);
      return;
    case "uniform":
      fillUniform(stream, weights, at, to);
      for (let index = at; index < to; index++) weights[index] = 2 * weights[index]! - 1;
      return;
    case "rademacher":
      fillRademacher(stream, weights, at, to);
      return;
    case "orthogonal":
      fillHaar(stream, weights.subarray(at, to), fanIn);
      return;
    case "student-t":
      fillStudent(stream, init.degreesOfFreedom!, weights, at, to);
      return;
    default:
      refuseUnknown("a law of weights", init.law);
  }
}

/** The factor that takes the law from its usual scale to gain 1. */
function standardScale(init: Initialisation, fanIn: number, fanOut: number): number {
  const perFan = 1 / Math.sqrt(init.fan === "in" ? fanIn : (fanIn + fanOut) / 2);
  switch (init.law) {
    case "gaussian":
    case "rademacher":
      return perFan;
    case "uniform":
      return Math.sqrt(3) * perFan;
    case "orthogonal":
      return 1;
    case "student-t":
      return (GAUSSIAN_MEDIAN / studentMedian(init.degreesOfFreedom!)) * perFan;
    default:
      return refuseUnknown("a law of weights", init.law);
  }
}

/** Median of |z| for a standard Gaussian z: the quantile of the normal law at 3/4. */
const GAUSSIAN_MEDIAN = 0.6744897501960817;

/** Median of |t|, from the quantiles in closed form: tan(pi / 4) for one degree of freedom, 1/2 / sqrt(3/8) for two. */
function studentMedian(degreesOfFreedom: number): number {
  return degreesOfFreedom === 1 ? 1 : Math.sqrt(2 / 3);
}

/**
 * Student's t by the polar method: u sqrt(n (w^(-2/n) - 1) / w) for (u, v) uniform in the unit disc and w = u^2 + v^2,
 * which needs square roots only for n = 1, 2 (R. W. Bailey, "Polar generation of random variates with the
 * t-distribution", Math. Comp. 62 (1994) 779).
 */
function fillStudent(stream: Stream, degreesOfFreedom: number, out: Float64Array, from: number, to: number): void {
  for (let index = from; index < to; ) {
    const u = 2 * nextUniform(stream) - 1;
    const v = 2 * nextUniform(stream) - 1;
    const w = u * u + v * v;
    if (w >= 1) continue;
    const excess = degreesOfFreedom === 1 ? 1 / (w * w) - 1 : 2 * (1 / w - 1);
    out[index++] = u * Math.sqrt(excess / w);
  }
}
