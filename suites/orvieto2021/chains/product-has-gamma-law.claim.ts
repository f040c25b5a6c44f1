import { chainLogProduct } from "../../../benchmarks/chain-log-product.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { linearChain } from "./initialisations.ts";

const DEPTH = 20;
/** U[-1, 1]: ln |w| = -Exp(1). */
const unitUniform = { law: "uniform", gain: 1 / 3, fan: "in" } as const;
/** Gaussian weights with the same E ln|w| = -1 as U[-1, 1]: ln s = -1 + (gamma + ln 2) / 2. */
const matchedNormal = { law: "gaussian", gain: Math.exp(-2 + 0.5772156649015329 + Math.LN2), fan: "in" } as const;

export default defineClaim({
  id: "orvieto2021/chains/product-has-gamma-law",
  title: "A uniform chain's log signal has exactly a Gamma law",
  statement: String.raw`For $w_l \sim U[-1, 1]$, $-\ln|\prod_{l \le L} w_l| \sim \Gamma(L, 1)$ exactly; the log-normal law with the same two moments is wrong at finite $L$.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { uniformWeights: "weights are uniform and symmetric" },
  grid: { depth: [DEPTH] },
  experiment: ({ depth }) => chainLogProduct(linearChain(depth, unitUniform)),
  prediction: {
    says: "has-law",
    of: "logProduct",
    law: ({ depth }) => ({ name: "gamma", shape: depth, location: 0, sign: -1 }),
    within: 0.015,
    because: "half of the largest distance of the normal law with the same mean and variance, 0.030 at depth 20",
  },
  rivals: [
    {
      value: 0.0297,
      because:
        "sup-distance of N(-L, L) from the Gamma law: |skewness| / (6 sqrt(2 pi)) = 2 / (6 sqrt(2 pi L)), the first Edgeworth term",
    },
  ],
  controls: [
    {
      breaks: "uniformWeights",
      because: "Gaussian weights with the same E ln|w| spread 23 % more in the variance of the logarithm",
      experiment: ({ depth }) => chainLogProduct(linearChain(depth, matchedNormal)),
      expected: { value: 0.035 },
      replicates: { smoke: 131072, full: 131072 },
    },
  ],
  tiers: {
    smoke: { replicates: 131072 },
    full: { replicates: 131072 },
    deep: {
      replicates: 524288,
      within: 0.0075,
      because: "a quarter of the distance of the normal law with the same mean and variance",
    },
  },
});
