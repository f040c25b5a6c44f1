import { independentBackwardLogNorm } from "../../../benchmarks/independent-backward-log-norm.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { gradient, reluNetwork } from "./relu-networks.ts";

/** Variance of the difference and bounds on its family, by simulation of 10,000 to 88,000 networks; last, with a fresh W backward. */
const SIMULATED = {
  8: { variance: 9.73, excessKurtosis: 2.5, fresh: 54.1 },
  32: { variance: 4.89, excessKurtosis: 0.7, fresh: 8.61 },
  128: { variance: 1.65, excessKurtosis: 0.3, fresh: 1.99 },
} as const;

export default defineClaim({
  id: "orvieto2021/sampling/law-exact-weights-are-used-twice",
  title: "Law-exact sampling ties the gradient to the signal as one and the same W does",
  statement: String.raw`$\ln\|\nabla_{W_1}\|^2 - \ln\|\nabla_{W_L}\|^2$ weighs what is lost backward against what is lost forward. Its variance is the same where $W^\top \delta$ is drawn given $W h$ as where every weight is drawn.`,
  source: { paper: "orvieto2021@v1", at: "our instrument, not the paper's", grade: "derived" },
  assumptions: { oneW: "backward, W^T delta keeps its component along h, which the forward pass has fixed" },
  grid: { width: [8, 32, 128] },
  experiment: ({ width }) => gradient(width, "law-exact"),
  against: ({ width }) => gradient(width, "direct"),
  prediction: {
    says: "differs-by",
    statistic: "log-variance",
    of: "firstLessLast",
    given: "alive",
    value: 0,
    within: 0.15,
    because:
      "15 % of the variance; a backward pass through fresh weights has 5.6 times it at width 8, 1.8 at 32 and 1.2 at 128 (simulated)",
    expected: {
      value: 0,
      spread: ({ width }) => Math.sqrt(2 + SIMULATED[width].excessKurtosis),
      family: ({ width }) => ({ skewness: 0.1, excessKurtosis: SIMULATED[width].excessKurtosis }),
      // A layer of width 8 dies with probability 2^-8, in 32 layers one network in eight.
      counts: ({ width }) => (1 - 2 ** -width) ** 32,
    },
  },
  rivals: [
    { value: ({ width }) => Math.log(SIMULATED[width].fresh / SIMULATED[width].variance), because: "fresh weights" },
  ],
  controls: [
    {
      breaks: "oneW",
      because: "the sampler that forgets that component: signal and gradient go apart",
      experiment: ({ width }) => independentBackwardLogNorm(reluNetwork(width)),
      grid: { width: [8, 32] },
      expected: {
        value: ({ width }) => Math.log(SIMULATED[width].fresh / SIMULATED[width].variance),
        // 44,000 and 30,000 networks: 0.14 (standard error 0.02) and -0.03.
        family: { skewness: 0.1, excessKurtosis: 0.4 },
        against: { family: ({ width }) => ({ skewness: 0.1, excessKurtosis: SIMULATED[width].excessKurtosis }) },
      },
      replicates: { smoke: 1024, full: 4864 },
    },
  ],
  tiers: {
    smoke: { replicates: 1024, grid: { width: [8, 32] } },
    full: { replicates: ({ width }) => (width === 8 ? 50176 : 26624), grid: { width: [8, 32] } },
    deep: { replicates: ({ width }) => ({ 8: 51200, 32: 27648, 128: 23552 })[width] },
  },
});
