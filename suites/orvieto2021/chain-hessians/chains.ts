import { chainCurvature } from "../../../benchmarks/hessians/chain-curvature.ts";
import { type Initialisation, xavierUniform } from "../../../src/lab/networks/network.ts";
import { linearChain } from "../chains/initialisations.ts";

/** Where a chain's rates are measured: an eightfold range, so that the power of ln L is told from the rate. */
export const DEPTHS = [16, 32, 64, 128] as const;

/** Curvature of the loss (f - 1)^2 / 2 at a random linear chain. */
export const chainAt = (depth: number, init: Initialisation = xavierUniform) =>
  chainCurvature(linearChain(depth, init));
