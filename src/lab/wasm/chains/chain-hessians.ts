import type { StreamKey, StreamRange } from "../../../numerics/stream.ts";
import type { ChainHessians } from "../../contract/chains.ts";
import type { Chain } from "../../networks/network.ts";
import { chainHessians as referenceHessians } from "../../reference/chains/chain-hessian.ts";
import type { Kernels } from "../module.ts";
import { layoutFrom, provide } from "../network-plan.ts";
import { chainDrawBytes, openChainDraws } from "./chain-draws.ts";

interface HessianRequest {
  readonly network: Chain;
  readonly target: number;
  readonly streams: StreamRange;
}

/** In the kernel's order. */
const MEASURES = ["logNorm", "negatives", "logGradient", "logProduct", "sign"] as const;

/** `chainHessians` of src/lab/reference/chains/chain-hessian.ts. */
export function chainHessians(kernels: Kernels, { network, target, streams }: HessianRequest): ChainHessians {
  const { depth } = network;
  const layout = layoutFrom(kernels.heapBase);
  const drawsAt = layout.take(chainDrawBytes(depth));
  const hessianAt = layout.take(chainHessianBytes(depth));
  provide(kernels, layout);
  const { draw } = openChainDraws(kernels, drawsAt, network, streams.key);
  const hessianOf = openChainHessian(kernels, hessianAt, network, target, streams.key);
  const columns = MEASURES.map(() => new Float64Array(streams.count));
  const chain = new Float64Array(depth);
  for (let row = 0; row < streams.count; row++) {
    draw(streams.first + row, chain);
    const measured = hessianOf(streams.first + row, chain);
    for (let measure = 0; measure < MEASURES.length; measure++) columns[measure]![row] = measured[measure]!;
  }
  const [logNorm, negatives, logGradient, logProduct, sign] = columns as [Column, Column, Column, Column, Column];
  return { logNorm, negatives, logGradient, logProduct, sign };
}

type Column = Float64Array<ArrayBuffer>;

/** Bytes that `openChainHessian` takes. */
export function chainHessianBytes(depth: number): number {
  return 64 + 40 * depth;
}

/**
 * Measures one chain after another, the replicate's own weights, in the order of `MEASURES`; the result is valid until the next. Takes
 * `chainHessianBytes` from address `at` on, of a memory that must not grow meanwhile. Chains at which the kernel's shortcut does not
 * hold (a weight or a spectrum that is exactly degenerate) are given to the reference, which refuses those without a Hessian.
 */
export function openChainHessian(
  { functions, memory }: Kernels,
  at: number,
  network: Chain,
  target: number,
  key: StreamKey,
): (replicate: number, chain: Float64Array) => ArrayLike<number> {
  const { depth } = network;
  const measured = new Float64Array(memory.buffer, at, MEASURES.length);
  const weights = new Float64Array(memory.buffer, at + 64, depth);
  const scratch = at + 64 + 8 * depth;
  return (replicate, chain) => {
    weights.set(chain);
    if (functions.chainHessian(at + 64, depth, target, scratch, at)) return measured;
    const reference = referenceHessians({ network, target, streams: { key, first: replicate, count: 1 } });
    return MEASURES.map((measure) => reference[measure][0]!);
  };
}
