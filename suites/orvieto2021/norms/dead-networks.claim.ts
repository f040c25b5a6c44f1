import { forwardLogNorm } from "../../../benchmarks/forward-log-norm.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { type Activation, heNormal, mlp } from "../../../src/lab/networks/network.ts";
import { probabilityDead } from "../width/log-norm.theory.ts";

const network = (width: number, depth: number, activation: Activation) =>
  forwardLogNorm(mlp({ width, depth, activation, init: heNormal }));
const DEPTHS = { 4: 8, 8: 32 } as const;

export default defineClaim({
  id: "orvieto2021/norms/dead-networks",
  title: "Very narrow ReLU networks die: some layer has all units off",
  statement: String.raw`$P(h_L = 0) = 1 - (1 - 2^{-d})^L$: a ReLU network narrower than about $\log_2 L$ is an exact zero.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { rectified: "the activation is ReLU, which is exactly 0 on negatives" },
  grid: { width: [4, 8] },
  experiment: ({ width }) => network(width, DEPTHS[width], "relu"),
  prediction: {
    says: "equals",
    statistic: "proportion",
    of: "dead",
    value: ({ width }) => probabilityDead(width, DEPTHS[width]),
    within: 0.03,
    because: "below the change from one width more or less, a factor of about two in the probability",
  },
  rivals: [{ value: 0, because: "no exact death, only underflow" }],
  controls: [
    {
      breaks: "rectified",
      because: "a leaky ReLU never switches a layer off",
      experiment: ({ width }) => network(width, DEPTHS[width], { leakySlope: 0.1 }),
      expected: { value: 0 },
      replicates: { smoke: 512, full: 512 },
    },
  ],
  tiers: {
    smoke: { replicates: 24576 },
    full: { replicates: 24576 },
    deep: { replicates: 98304, within: 0.015, because: "an eighth of the smaller probability" },
  },
});
