import { chainLogProduct } from "../../../benchmarks/chain-log-product.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { xavierUniform } from "../../../src/lab/networks/network.ts";
import { linearChain, stableUniform } from "./initialisations.ts";

/** 2 (1 - ln sqrt 3): what ln P^2 loses a layer. */
const RATE = 2 - Math.log(3);
/** ln of the median of P^2: the Gamma(L) median is L - 1/3 + 8/(405 L) + O(L^-2) (Choi 1994, Proc. AMS 121). */
const exactMedian = (depth: number) => 2 * (1 / 3 - 8 / (405 * depth)) - RATE * depth;

export default defineClaim({
  id: "orvieto2021/chains/median-square-vanishes",
  title: "Yet the typical Xavier chain keeps only exp(-0.9014 L) of its energy",
  statement: String.raw`While $\mathbb E \prod_l w_l^2 = 1$, the median of $\prod_l w_l^2$ is $e^{-0.9014 L}$ up to a constant: expectation misleads.`,
  source: { paper: "orvieto2021@v1", at: "abstract", grade: "stated" },
  assumptions: { xavierScale: "the variance of a weight is 1 / fan" },
  grid: { depth: [32, 64, 128] },
  experiment: ({ depth }) => chainLogProduct(linearChain(depth, xavierUniform)),
  prediction: {
    says: "equals",
    statistic: "median",
    of: "logSquaredProduct",
    value: ({ depth }) => -RATE * depth,
    within: ({ depth }) => 0.05 * RATE * depth + 2 / 3,
    because: "5 % of the rate, and the constant 2/3 by which the median of a Gamma law lies above its mean's",
    expected: { value: ({ depth }) => exactMedian(depth), spread: ({ depth }) => 2 * Math.sqrt(depth) },
  },
  rivals: [{ value: 0, because: "the logarithm of the expectation, E P^2 = 1" }],
  controls: [
    {
      breaks: "xavierScale",
      because: "at the stable scale t = e the median of ln P^2 stays near 0",
      experiment: ({ depth }) => chainLogProduct(linearChain(depth, stableUniform)),
      expected: { value: 2 / 3 },
      replicates: { smoke: 1024, full: 1024 },
    },
  ],
  tiers: {
    smoke: { replicates: 10240, grid: { depth: [32, 64] } },
    full: { replicates: 10240, grid: { depth: [32, 64] } },
    deep: {
      replicates: 40960,
      within: ({ depth }) => 0.025 * RATE * depth + 2 / 3,
      because: "2.5 % of the rate, and the constant",
    },
  },
});
