import type { DescentMethod } from "../../contract/chains.ts";
import type { KernelFunctions } from "../kernel-functions.ts";
import { type ChainFrame, placeChain } from "./chain-frame.ts";

/**
 * `descentSteps` of src/lab/reference/chains/chain-descent.ts for `count` chains, a frame of them at once: where one has escaped or spent its steps, the
 * next takes its place, so that no place is idle before the last. `draw` gives the chains in their order.
 */
export function escapeSteps(
  functions: KernelFunctions,
  frame: ChainFrame,
  method: DescentMethod,
  count: number,
  draw: (row: number) => Float64Array,
): Float64Array {
  const steps = new Float64Array(count);
  const { at, depth, chains, stride, kind, guarded, table, last, active, escaped } = frame;
  const rows = new Array<number>(chains).fill(-1);
  const taken = new Array<number>(chains).fill(0);
  // A chain that went on after its escape would end in the minimum, where momentum decays to subnormal numbers, or diverge:
  // both are slow, and its neighbours in a vector wait.
  const atRest = new Float64Array(depth).fill(1);
  let next = 0;
  for (;;) {
    for (let lane = 0; lane < chains; lane++) {
      if (rows[lane] !== -1) continue;
      const isLeft = next < count;
      placeChain(frame, lane, isLeft ? draw(next) : atRest);
      if (!isLeft) continue;
      active[lane] = -1n;
      rows[lane] = next++;
      taken[lane] = 0;
    }
    const budget = budgetOf(rows, taken, method.maxSteps);
    if (budget === Infinity) return steps;
    const done = functions.escapeChains(at, depth, stride, kind, guarded, budget, table, last);
    for (let lane = 0; lane < chains; lane++) {
      const row = rows[lane]!;
      if (row === -1) continue;
      taken[lane]! += done;
      const arrived = escaped[lane] !== 0n;
      if (!arrived && taken[lane]! < method.maxSteps) continue;
      steps[row] = arrived ? taken[lane]! : Number.POSITIVE_INFINITY;
      active[lane] = 0n;
      rows[lane] = -1;
    }
  }
}

/** Steps after which the first chain has spent its own, within a 32-bit count; Infinity when no chain is left. */
function budgetOf(rows: readonly number[], taken: readonly number[], maxSteps: number): number {
  let budget = Number.POSITIVE_INFINITY;
  for (let lane = 0; lane < rows.length; lane++) {
    if (rows[lane] !== -1) budget = Math.min(budget, maxSteps - taken[lane]!, MOST_STEPS);
  }
  return budget;
}

const MOST_STEPS = 2 ** 30;
