import type { ChainHessians } from "../../contract/chains.ts";
import { chainHessians as referenceHessians } from "../../reference/chains/chain-hessian.ts";
import type { Device } from "../device/device.ts";
import { hessianProgram, MEASURES } from "./hessian-program.ts";
import { type DrawnChains, onChains } from "./on-chains.ts";

/**
 * As the contract's, in the float64 of the machine: the reference's bytes. Chains at which the program's shortcut does not hold (a weight
 * or a spectrum that is exactly degenerate) are given to the reference, which refuses those without a Hessian.
 */
export function chainHessians(device: Device, request: DrawnChains & { readonly target: number }): ChainHessians {
  const { network, streams, target } = request;
  const measured = MEASURES.map(() => new Float64Array(streams.count));
  const program = hessianProgram(network.depth, target);
  onChains(device, request, { program, results: MEASURES.length + 1 }, (row, _, results) => {
    const holds = results[MEASURES.length] === 1;
    const found = holds
      ? undefined
      : referenceHessians({ ...request, streams: { ...streams, first: streams.first + row, count: 1 } });
    for (const [at, measure] of MEASURES.entries()) measured[at]![row] = found?.[measure][0] ?? results[at]!;
  });
  const [logNorm, negatives, logGradient, logProduct, sign] = measured as [Column, Column, Column, Column, Column];
  return { logNorm, negatives, logGradient, logProduct, sign };
}

type Column = Float64Array<ArrayBuffer>;
