import { chainEscape } from "../../../benchmarks/chain-escape.ts";
import { xavierUniform } from "../../../src/lab/networks/network.ts";
import { linearChain } from "../chains/initialisations.ts";

/** Escape of a Xavier chain by gradient flow: one quadrature a chain. */
export const byGradientFlow = (depth: number) =>
  chainEscape(linearChain(depth, xavierUniform), { name: "gradient-flow" });

/** Escape of a Xavier chain by the sign of the gradient, in steps of 0.002: 140 of them, so that a step is 0.7 % of the time. */
export const bySignDescent = (depth: number) =>
  chainEscape(linearChain(depth, xavierUniform), { name: "sign-descent", rate: 0.002, maxSteps: 20_000 });

interface Deep {
  readonly depth: number;
}

/**
 * The slope of ln T on ln||H|| and its scores (ln||H|| - mean) * residual, by simulation of a million chains at each depth
 * from a seed of their own. Spread: the deviation of a score over the variance of ln||H||, which decides the slope's error
 * where residuals are not alike: 0.127 (L = 80) and 0.087 (L = 160). Skewness 1.1 and 0.8 (standard error 0.08), excess
 * kurtosis 24.5 and 25.0 (1.2), no larger in larger samples. Both factors have exponential tails, so that all moments exist.
 * Of a block of four, which is what is declared, a quarter of 40, and 2 for its own means: 7.2 (L = 80) in 25,000 blocks.
 */
export const slopeByGradientFlow = {
  value: ({ depth }: Deep) => (depth < 160 ? -0.996 : -0.998),
  spread: ({ depth }: Deep) => 1.14 / Math.sqrt(depth),
  family: { skewness: 2, excessKurtosis: 12 },
} as const;

/**
 * The same for sign descent: spread 0.024 and 0.009, skewness -0.5 and 0.6, excess kurtosis at depth 160 25.4 (0.8).
 *
 * At depth 80 samples do not settle the kurtosis (35 to 65 in up to a million chains, 50 with standard error 7 in four
 * million): a few chains in a million start so near half the target that they are there within a few steps. But one step
 * they take, so that such a score is at most about 85 deviations, those of 5 or 10 steps 52 or 39. Of four million chains
 * 7 took 10 steps or fewer: any one such number has a probability of at most 4e-7 on average (99 % bound), and together
 * they add at most 49 to the 40 of all other chains, and 0.8 to their skewness of -0.3. Of a block of four a quarter of 120
 * (L = 80) and of 40, and 2 for its own means: 10.4 and 6.5 in 100,000 blocks.
 */
export const slopeBySignDescent = {
  value: ({ depth }: Deep) => -1.6 / depth,
  spread: 0.025,
  family: ({ depth }: Deep) => ({ skewness: 2, excessKurtosis: depth < 160 ? 32 : 12 }),
} as const;
