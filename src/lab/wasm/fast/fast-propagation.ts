import type { Engine } from "../../contract/engine.ts";
import { backpropagateLawExact, type LawExactPasses, propagateLawExact } from "../law-exact.ts";
import type { Kernels } from "../module.ts";
import { propagationOf } from "../propagation.ts";
import { backpropagateSingle, placeSingleNetwork, propagateSingle, suitsSingle } from "./single-propagation.ts";

/**
 * Forward and backward passes in float32 with draws of their own, four to a block, for Gaussian and uniform weights (slopes
 * below 2^-60 and more blocks than 32 bits count are left to float64); for other weights, those of `wasm` in float64. Norms are
 * kept in float64 logarithms, so that depth costs no range. Rounding moves a logarithm by about 1e-7 times the square root of
 * width and depth.
 */
export function fastPropagationOf(kernels: Kernels): Pick<Engine, "propagate" | "backpropagate"> {
  const double = propagationOf(kernels);
  const lawExact = singlePasses(kernels);
  return {
    propagate(request) {
      if (!suitsSingle(request)) return double.propagate(request);
      if (request.sampling === "law-exact") return propagateLawExact(kernels, lawExact, request);
      return propagateSingle(kernels, request);
    },
    backpropagate(request) {
      if (!suitsSingle(request)) return double.backpropagate(request);
      if (request.sampling === "law-exact") return backpropagateLawExact(kernels, lawExact, request);
      return backpropagateSingle(kernels, request);
    },
  };
}

function singlePasses(kernels: Kernels): LawExactPasses {
  const { functions, networks } = kernels;
  return {
    networks,
    entryBytes: 4,
    place: (plan, request) => placeSingleNetwork(kernels, plan, request),
    propagate({ slope, key, depth, widths, factors }, revive, replicate, { hidden, increments, alive }) {
      const described = [slope, revive ? 1 : 0, replicate, key, depth, widths, factors] as const;
      functions.propagateLawExactSingle(...described, hidden, increments, alive);
    },
    backpropagate({ slope, key, depth, widths, factors }, replicate, buffers) {
      const { z, hidden, delta, seen, logHidden, logGradients } = buffers;
      const described = [slope, replicate, key, depth, widths, factors] as const;
      functions.backpropagateLawExactSingle(...described, z, hidden, delta, seen, logHidden, logGradients);
    },
  };
}
