import { euclideanNorm } from "../../numerics/euclidean-norm.ts";
import { refuseUnknown } from "../networks/kinds.ts";
import type { Optimiser } from "../networks/optimiser.ts";
import { adamScales } from "../program/adam-scales.ts";

/**
 * One step (the `step`-th, from 1) in place, on `length` entries of `memory` that begin at `parameters`, `gradient`, `first`
 * (m) and `second` (v). This is the reference order of roundings; an engine whose bytes must be equal keeps to it:
 *
 * - a square is g * g before it is weighted, and the weight 1 - decay is rounded first;
 * - quotients are w -= rate * (x / denominator), and where the denominator is exactly 0 the entry does not move;
 * - Adam's rate is `adamScales(...).rate`, its v' is v * `adamScales(...).square`;
 * - the norm is `euclideanNorm`; a clipped step is w -= (rate * (threshold / norm)) * g;
 * - a NaN has sign 0.
 *
 * Squares of gradients below 1e-154 underflow in v: an entry whose v is exactly 0 does not move when epsilon is 0.
 */
export function optimiserStep(
  optimiser: Optimiser,
  step: number,
  memory: Float64Array,
  length: number,
  parameters: number,
  gradient: number,
  first: number,
  second: number,
): void {
  const w = parameters;
  const g = gradient;
  const { rate } = optimiser;
  switch (optimiser.name) {
    case "gradient-descent":
      move(memory, length, w, g, rate);
      return;
    case "momentum":
      for (let i = 0; i < length; i++) memory[first + i] = optimiser.momentum * memory[first + i]! + memory[g + i]!;
      move(memory, length, w, first, rate);
      return;
    case "sign-descent":
      for (let i = 0; i < length; i++) memory[w + i]! -= rate * signOf(memory[g + i]!);
      return;
    case "normalised-descent": {
      const denominator = euclideanNorm(memory, g, g + length) + optimiser.epsilon;
      if (denominator === 0) return;
      for (let i = 0; i < length; i++) memory[w + i]! -= rate * (memory[g + i]! / denominator);
      return;
    }
    case "clipped-descent": {
      const norm = euclideanNorm(memory, g, g + length);
      move(memory, length, w, g, norm <= optimiser.threshold ? rate : rate * (optimiser.threshold / norm));
      return;
    }
    case "rmsprop": {
      const { decay, epsilon } = optimiser;
      average(memory, length, g, second, decay);
      moveOverRoot(memory, length, w, g, second, rate, 1, epsilon);
      return;
    }
    case "adam": {
      const { beta1, beta2, epsilon } = optimiser;
      const rest = 1 - beta1;
      for (let i = 0; i < length; i++) memory[first + i] = beta1 * memory[first + i]! + rest * memory[g + i]!;
      average(memory, length, g, second, beta2);
      const scales = adamScales(optimiser, step);
      moveOverRoot(memory, length, w, first, second, scales.rate, scales.square, epsilon);
      return;
    }
    case "adagrad":
      for (let i = 0; i < length; i++) memory[second + i]! += memory[g + i]! * memory[g + i]!;
      moveOverRoot(memory, length, w, g, second, rate, 1, optimiser.epsilon);
      return;
    default:
      refuseUnknown("an optimiser", optimiser);
  }
}

function move(memory: Float64Array, length: number, w: number, direction: number, rate: number): void {
  for (let i = 0; i < length; i++) memory[w + i]! -= rate * memory[direction + i]!;
}

function signOf(g: number): number {
  return (g > 0 ? 1 : 0) - (g < 0 ? 1 : 0);
}

/** v = decay v + (1 - decay) g^2 */
function average(memory: Float64Array, length: number, g: number, v: number, decay: number): void {
  const rest = 1 - decay;
  for (let i = 0; i < length; i++) memory[v + i] = decay * memory[v + i]! + rest * (memory[g + i]! * memory[g + i]!);
}

function moveOverRoot(
  memory: Float64Array,
  length: number,
  w: number,
  direction: number,
  v: number,
  rate: number,
  square: number,
  epsilon: number,
): void {
  for (let i = 0; i < length; i++) {
    const denominator = Math.sqrt(memory[v + i]! * square) + epsilon;
    if (denominator !== 0) memory[w + i]! -= rate * (memory[direction + i]! / denominator);
  }
}
