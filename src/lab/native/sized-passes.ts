import type { Engine } from "../contract/engine.ts";
import type { PropagateRequest } from "../contract/propagation.ts";
import { instantiate } from "../wasm/module.ts";
import { propagationOf } from "../wasm/propagation.ts";

type Passes = Pick<Engine, "propagate" | "backpropagate">;

/** Weights of a network up to which WebAssembly, whose kernels are called at a tenth of the cost, is ahead of machine code. */
const MOST_WEIGHTS = 128;

/** The passes of `far`, and of networks that are too small to be worth its calls those of WebAssembly: bytes are the same. */
export function sizedPasses(far: Passes): Passes {
  let own: Passes | undefined;
  const near = () => {
    own ??= propagationOf(instantiate("plain"));
    return own;
  };
  return {
    propagate: (request) => (isSmall(request) ? near() : far).propagate(request),
    backpropagate: (request) => (isSmall(request) ? near() : far).backpropagate(request),
  };
}

/** Law-exact passes have several networks in a call. */
function isSmall({ network: { widths }, sampling }: Pick<PropagateRequest, "network" | "sampling">): boolean {
  if (sampling === "law-exact") return false;
  const weights = widths.slice(1).reduce((sum, width, layer) => sum + width * widths[layer]!, 0);
  return weights <= MOST_WEIGHTS;
}
