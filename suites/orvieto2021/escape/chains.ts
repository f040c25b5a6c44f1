import { chainEscape } from "../../../benchmarks/chain-escape.ts";
import { xavierUniform } from "../../../src/networks/network.ts";
import { linearChain } from "../chains/initialisations.ts";

/** Escape of a Xavier chain by gradient flow: one quadrature a chain. */
export const byGradientFlow = (depth: number) =>
  chainEscape(linearChain(depth, xavierUniform), { name: "gradient-flow" });

/** Escape of a Xavier chain by the sign of the gradient, in steps of 0.002: 140 of them, so that a step is 0.7 % of the time. */
export const bySignDescent = (depth: number) =>
  chainEscape(linearChain(depth, xavierUniform), { name: "sign-descent", rate: 0.002, maxSteps: 20_000 });
