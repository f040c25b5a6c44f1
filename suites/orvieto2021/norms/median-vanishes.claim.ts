import { forwardLogNorm } from "../../../benchmarks/forward-log-norm.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { heNormal, mlp, orthogonal } from "../../../src/lab/networks/network.ts";
import { logRatio, medianOfSum } from "../width/log-norm.theory.ts";

const WIDTH = 16;
const ratio = logRatio(WIDTH, "relu");

export default defineClaim({
  id: "orvieto2021/norms/median-vanishes",
  title: "The median norm vanishes exponentially although the mean does not",
  statement: String.raw`The median of $\|h_L\|^2$ over He-initialised ReLU networks of width $d$ is $e^{L\,m(d)}$ with $m(d) \approx -\frac{5}{2d}$: at width 16 and depth 64 about $e^{-11.3}$.`,
  source: { paper: "orvieto2021@v1", at: "abstract", grade: "stated" },
  assumptions: { independentWeights: "weights are independent and Gaussian", rectified: "the activation is ReLU" },
  grid: { depth: [64] },
  experiment: ({ depth }) => forwardLogNorm(mlp({ width: WIDTH, depth, activation: "relu", init: heNormal })),
  prediction: {
    says: "equals",
    statistic: "median",
    of: "logNormSquared",
    value: ({ depth }) => depth * ratio.mean,
    within: 1,
    because:
      "a factor e in the squared norm, 9 % of the exponent; the median lies 0.17 above the mean (third cumulant)",
    expected: {
      value: ({ depth }) => medianOfSum(ratio, depth),
      spread: ({ depth }) => Math.sqrt(depth * ratio.variance),
    },
  },
  rivals: [{ value: 0, because: "the logarithm of the mean" }],
  controls: [
    {
      breaks: "rectified",
      because: "a linear network of orthogonal matrices keeps the norm exactly",
      experiment: ({ depth }) =>
        forwardLogNorm(mlp({ width: WIDTH, depth, activation: "linear", init: orthogonal(1) })),
      expected: { value: 0, spread: 1e-12 },
      replicates: { smoke: 128, full: 256 },
    },
  ],
  tiers: {
    smoke: { replicates: 512 },
    full: { replicates: 4096 },
    deep: {
      replicates: 26624,
      within: 0.5,
      because: "4 % of the exponent; the median lies 0.17 above the mean (third cumulant)",
    },
  },
});
