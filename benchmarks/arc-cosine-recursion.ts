import { arcSine } from "../src/numerics/arc-sine.ts";

/**
 * 1 - cos of the angle between two inputs after `layers` infinitely wide ReLU layers, from 1 - cos at the start.
 *
 * cos' = (sin t + (pi - t) cos t) / pi, the normalised arc-cosine kernel of degree 1 (Cho and Saul 2009, "Kernel methods
 * for deep learning", NIPS 22, equation 6). In terms of c = 1 - cos t: c' = c - (sin t - t cos t) / pi, which loses no
 * digits for small angles but those of the difference, of order c^(3/2).
 */
export function arcCosineOneMinusCosine(start: number, layers: number): number {
  let c = start;
  for (let layer = 0; layer < layers; layer++) {
    const sine = Math.sqrt(c * (2 - c));
    const angle = 2 * arcSine(Math.sqrt(c / 2));
    c -= (sine - angle * (1 - c)) / Math.PI;
  }
  return c;
}
