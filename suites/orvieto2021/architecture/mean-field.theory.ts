import { integrate } from "../../../src/numerics/special-functions.ts";

/**
 * Mean-field theory of infinitely wide tanh networks without biases, weight variance gain / fan-in (Poole et al. 2016, arXiv
 * 1606.05340; Schoenholz et al. 2017, arXiv 1611.01232): the mean square of pre-activations tends to the fixed point
 * q = gain E tanh^2(sqrt(q) z), and the gradient's squared norm is multiplied by chi = gain E tanh'^2(sqrt(q) z) a layer.
 * chi < 1 is order, chi > 1 chaos, and gain 1 the edge between them. Cost: up to some hundred quadratures.
 */
export function tanhFixedPoint(gain: number): { readonly q: number; readonly chi: number } {
  // tanh^2 x < x^2: at gains up to 1 zero is the only fixed point, approached like 1 / L at gain 1.
  if (gain <= 1) return { q: 0, chi: gain };
  let q = gain;
  for (let step = 0; step < 10_000; step++) {
    const next = gain * gaussianMean((z) => Math.tanh(Math.sqrt(q) * z) ** 2);
    if (Math.abs(next - q) < 1e-13 * q) break;
    q = next;
  }
  return { q, chi: gain * gaussianMean((z) => (1 - Math.tanh(Math.sqrt(q) * z) ** 2) ** 2) };
}

/** E f(z) for a standard normal z: beyond 9 deviations less than 1e-18 is left of a bounded f. */
function gaussianMean(f: (z: number) => number): number {
  return integrate((z) => (f(z) * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI), -9, 9, 1e-13);
}
