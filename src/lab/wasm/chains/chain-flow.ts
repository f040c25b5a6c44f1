import { logGradientFlowEscape } from "../../reference/chains/chain-gradient-flow.ts";
import type { Kernels } from "../module.ts";

/** Bytes that `openChainFlow` takes. */
export function chainFlowBytes(depth: number): number {
  return 4096 + 16 * depth;
}

/**
 * `logGradientFlowEscape` of src/lab/reference/chains/chain-gradient-flow.ts, one chain after another. Takes `chainFlowBytes` from address `at`
 * on, of a memory that must not grow meanwhile.
 */
export function openChainFlow(
  { functions, memory }: Kernels,
  at: number,
  depth: number,
): (chain: Float64Array) => number {
  const weights = new Float64Array(memory.buffer, at, depth);
  const scratch = at + 8 * depth;
  return (chain) => {
    weights.set(chain);
    const logTime = functions.chainFlow(at, depth, scratch);
    // The reference says why it refuses the chain.
    return Number.isNaN(logTime) ? logGradientFlowEscape(chain) : logTime;
  };
}
