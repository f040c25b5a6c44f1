import type { Optimiser } from "../networks/optimiser.ts";

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
