import { log } from "../../../numerics/elementary.ts";
import type { DescentMethod } from "../../contract/chains.ts";
import { chainOutput, chainState, moveChain } from "./chain-state.ts";

/**
 * Steps that a discrete method on (P - 1)^2 / 2, P = w_1 ... w_L, takes to reach P >= 1/2: 0 when it starts there,
 * Infinity when `maxSteps` do not suffice (or it diverged). `weights` are moved in place.
 *
 * Gradient descent is exact in float64 as long as products of neighbouring weights stay above 1e-308; where they
 * underflow the true gradient would not move a weight either. Sign descent needs only signs, at any depth. Of the other
 * methods see `optimiserStep`. Cost: about seven multiplications a weight and step.
 */
export function descentSteps(weights: Float64Array, method: DescentMethod): number {
  const state = chainState(weights);
  const chain = state.memory.subarray(0, weights.length);
  let step = 0;
  while (step < method.maxSteps && !hasEscaped(chain)) {
    step++;
    // Below the target the sign of P - 1 is known, whatever P overflows or underflows to.
    moveChain(state, method, step, method.name === "sign-descent" ? -1 : chainOutput(state) - 1);
  }
  weights.set(chain);
  return hasEscaped(chain) ? step : Number.POSITIVE_INFINITY;
}

/** Whether the product is at least 1/2, with no overflow or underflow on the way. */
function hasEscaped(weights: Float64Array): boolean {
  let logged = 0;
  let product = 1;
  for (let layer = 0; layer < weights.length; layer++) {
    product *= weights[layer]!;
    const size = Math.abs(product);
    if (size < 1e-150 || size > 1e150) {
      if (!(size > 0)) return false;
      logged += log(size);
      product = Math.sign(product);
    }
  }
  if (logged === 0) return product >= 0.5;
  return product > 0 && logged + log(product) >= log(0.5);
}
