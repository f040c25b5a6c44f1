import { horner } from "./horner.ts";

/**
 * Relative error of tanh, its first and its second derivative, in units of 2^-23 (what WGSL allows an operation: see
 * `GAUSSIAN_ERROR`).
 *
 * E = exp(-2|x|) = 2^-n exp(-r): r carries the rounding of its subtraction (0.4), the polynomial 0.1, its sums and products 2.5: 3.
 * Where |x| >= 0.55, E <= 0.333: 1 - E has 1 + 3 / 2, 1 + E has 1 + 3 / 4, the quotient 2.5: 7 in all; below, x + x^3 P has 3.
 * f' = 4 E / (1 + E)^2: 3, twice 1 + 3 / 2, a product and a quotient 3.5: 11.5. f'' = -2 f f' has both and one product.
 */
export const TANH_ERROR = { value: 7, first: 12, second: 20 } as const;

/**
 * The same of the sigmoid, from tanh of half of it: with E as above its value is 1 / (1 + E), 2.5 for the sum and 2.5, or
 * E / (1 + E), 3 more; f' = E / (1 + E)^2 is a quarter of tanh's; f'' = -f' tanh(z / 2) has both and one product.
 */
export const SIGMOID_ERROR = { value: 8, first: 12, second: 20 } as const;

/** `fn decay(size: f32) -> f32`: E. */
const DECAY = `
fn decay(size: f32) -> f32 {
  let n = floor(2.0 * size * 1.4426950408889634 + 0.5);
  let r = (n * 0.693145751953125 - 2.0 * size) + n * 1.428606765330187e-6;
  return (1.0 + r + r * r * ${horner(
    "r",
    [0.5, 0.16666577756404877, 0.041666556149721146, 0.008363173343241215, 0.0013926175888627768],
  )}) * bitcast<f32>(u32(127 - i32(n)) << 23u);
}
`;

/**
 * `fn tanhAndDerivatives(x: f32) -> vec3<f32>`. The derivatives come from exp(-2|x|) and not from 1 - tanh^2, which has no correct
 * digit left where tanh is near 1. Beyond |x| = 40 all are those of 40: 1, and 7e-35 for the derivative, near the smallest float32.
 */
export const tanhShader = `${DECAY}
fn tanhAndDerivatives(x: f32) -> vec3<f32> {
  let size = min(abs(x), 40.0);
  let exponential = decay(size);
  let z = size * size;
  let near = size + size * z * ${horner(
    "z",
    [-0.3333333134651184, 0.13333113491535187, -0.05390942841768265, 0.021309388801455498, -0.00661022774875164],
  )};
  let sum = 1.0 + exponential;
  let far = (1.0 - exponential) / sum;
  let magnitude = select(far, near, size < 0.55);
  let value = select(magnitude, -magnitude, x < 0.0);
  let first = 4.0 * exponential / (sum * sum);
  return vec3<f32>(value, first, -2.0 * value * first);
}
`;

/** `fn sigmoidAndDerivatives(x: f32) -> vec3<f32>`; beyond |x| = 80 all are those of 80. */
export const sigmoidShader = `${tanhShader}
fn sigmoidAndDerivatives(x: f32) -> vec3<f32> {
  let exponential = decay(min(abs(0.5 * x), 40.0));
  let halves = tanhAndDerivatives(0.5 * x);
  let first = 0.25 * halves.y;
  return vec3<f32>(select(1.0, exponential, x < 0.0) / (1.0 + exponential), first, -first * halves.x);
}
`;
