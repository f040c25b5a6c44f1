import { chainLogProduct } from "../../../benchmarks/chain-log-product.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { type Activation, type Chain, xavierUniform } from "../../../src/lab/networks/network.ts";

const chain = (depth: number, activation: Activation): Chain => ({
  kind: "chain",
  depth,
  activation,
  init: xavierUniform,
});

export default defineClaim({
  id: "orvieto2021/chains/relu-chain-dies",
  title: "A ReLU chain survives L layers with probability 2^-L",
  statement: String.raw`A ReLU chain passes a positive input only if all $L$ weights are positive: $P(\text{alive}) = 2^{-L}$, so for $L \ge 2$ the median output is exactly 0.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { rectified: "the activation is ReLU, which is exactly 0 on negatives" },
  grid: { depth: [5] },
  experiment: ({ depth }) => chainLogProduct(chain(depth, "relu")),
  prediction: {
    says: "equals",
    statistic: "proportion",
    of: "positive",
    value: ({ depth }) => 2 ** -depth,
    within: 0.01,
    because: "a third of the value, so that depths 4 and 6 (1/16 and 1/64) lie outside",
  },
  rivals: [
    { value: 1 / 16, because: "one layer fewer" },
    { value: 1 / 64, because: "one layer more" },
  ],
  controls: [
    {
      breaks: "rectified",
      because: "a leaky ReLU passes something of every input",
      experiment: ({ depth }) => chainLogProduct(chain(depth, { leakySlope: 0.1 })),
      expected: { value: 1 },
      replicates: { smoke: 512, full: 512 },
    },
  ],
  tiers: {
    smoke: { replicates: 24576 },
    full: { replicates: 24576 },
    deep: { replicates: 98304, within: 0.005, because: "a sixth of the value" },
  },
});
