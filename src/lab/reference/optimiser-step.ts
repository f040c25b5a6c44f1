import type { Optimiser } from "../networks/optimiser.ts";

/** Which state an optimiser keeps for each parameter: m (a mean of gradients), v (a mean or sum of their squares). */
export interface OptimiserState {
  readonly first: boolean;
  readonly second: boolean;
}

export function stateOf(optimiser: Optimiser): OptimiserState {
  const { name } = optimiser;
  return {
    first: name === "momentum" || name === "adam",
    second: name === "adam" || name === "rmsprop" || name === "adagrad",
  };
}

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
  }
}

/**
 * The two numbers of Adam's step t that do not depend on the entry: rate / (1 - beta1^t) and 1 / (1 - beta2^t). Powers by
 * squaring from the exponent's lowest bit (2 log2 t products), the same in every engine because every engine calls this.
 */
export function adamScales(
  optimiser: Extract<Optimiser, { name: "adam" }>,
  step: number,
): { readonly rate: number; readonly square: number } {
  return {
    rate: optimiser.rate / (1 - powerOf(optimiser.beta1, step)),
    square: 1 / (1 - powerOf(optimiser.beta2, step)),
  };
}

function powerOf(base: number, exponent: number): number {
  let result = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}

/** Between these a sum of squares has lost nothing that counts to underflow or overflow. */
const LEAST_TRUSTED = 2 ** -900;
const GREATEST_TRUSTED = 2 ** 1020;

/** Euclidean norm of values[from], ..., values[to - 1]; where the plain sum of squares is not safe, relative to the largest. */
export function euclideanNorm(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i]! * values[i]!;
  return sum >= LEAST_TRUSTED && sum <= GREATEST_TRUSTED ? Math.sqrt(sum) : scaledNorm(values, from, to);
}

function scaledNorm(values: Float64Array, from: number, to: number): number {
  let largest = 0;
  for (let i = from; i < to; i++) {
    const size = Math.abs(values[i]!);
    if (!(size < Infinity)) return size;
    if (size > largest) largest = size;
  }
  if (largest === 0) return 0;
  let sum = 0;
  for (let i = from; i < to; i++) {
    const part = values[i]! / largest;
    sum += part * part;
  }
  return largest * Math.sqrt(sum);
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
