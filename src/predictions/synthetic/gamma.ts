import { exp, log } from "../../numerics/elementary.ts";
import { nextGaussian, nextUniform, type Stream } from "../../numerics/random.ts";

/**
 * A draw from Gamma(shape, 1), exact for every shape > 0; 0 for shape 0. About 1.05 Gaussians and uniforms a draw.
 *
 * Shape 1 is minus the logarithm of a uniform. Otherwise rejection after Marsaglia and Tsang (2000), "A simple method for
 * generating gamma variables", ACM TOMS 26; below shape 1 by their boost G(shape + 1) U^(1 / shape).
 */
export function nextGamma(stream: Stream, shape: number): number {
  if (shape === 0) return 0;
  if (shape === 1) return -log(nextUniform(stream));
  if (shape < 1) {
    const whole = nextGamma(stream, shape + 1);
    return whole * exp(log(nextUniform(stream)) / shape);
  }
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const z = nextGaussian(stream);
    const root = 1 + c * z;
    if (root <= 0) continue;
    const v = root * root * root;
    if (log(nextUniform(stream)) < 0.5 * z * z + d - d * v + d * log(v)) return d * v;
  }
}
