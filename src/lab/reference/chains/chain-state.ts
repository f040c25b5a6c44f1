import type { Optimiser } from "../../networks/optimiser.ts";
import { optimiserStep } from "../optimiser-step.ts";

/** A chain and what its optimiser keeps, in one array: weights, gradient, m and v, `depth` numbers each. */
export interface ChainState {
  readonly memory: Float64Array;
  readonly depth: number;
}

/** A state with all of `weights` and an optimiser that has not begun. */
export function chainState(weights: Float64Array): ChainState {
  const depth = weights.length;
  const memory = new Float64Array(4 * depth);
  memory.set(weights);
  return { memory, depth };
}

/** w_1 ... w_L, from the first on. */
export function chainOutput({ memory, depth }: ChainState): number {
  let product = 1;
  for (let layer = 0; layer < depth; layer++) product *= memory[layer]!;
  return product;
}

/**
 * The `step`-th step (from 1) of an optimiser on a loss whose derivative with respect to the output is `slope`. The gradient
 * of weight i is the product of the weights before it times (slope times the product of those after it, from the last), rounded
 * in this order: right when a weight is 0, too. Sign descent multiplies signs, not numbers, so that it is exact at any depth.
 */
export function moveChain(state: ChainState, optimiser: Optimiser, step: number, slope: number): void {
  const { memory, depth } = state;
  if (optimiser.name === "sign-descent") signGradient(state, Math.sign(slope));
  else gradient(state, slope);
  optimiserStep(optimiser, step, memory, depth, 0, depth, 2 * depth, 3 * depth);
}

function gradient({ memory, depth }: ChainState, slope: number): void {
  let prefix = 1;
  for (let layer = 0; layer < depth; layer++) {
    memory[depth + layer] = prefix;
    prefix *= memory[layer]!;
  }
  let suffix = slope;
  for (let layer = depth - 1; layer >= 0; layer--) {
    memory[depth + layer]! *= suffix;
    suffix *= memory[layer]!;
  }
}

function signGradient({ memory, depth }: ChainState, slope: number): void {
  let prefix = slope;
  for (let layer = 0; layer < depth; layer++) {
    memory[depth + layer] = prefix;
    prefix *= Math.sign(memory[layer]!);
  }
  let suffix = 1;
  for (let layer = depth - 1; layer >= 0; layer--) {
    memory[depth + layer]! *= suffix;
    suffix *= Math.sign(memory[layer]!);
  }
}
