import { gradientLogNorm } from "../../../benchmarks/gradient-log-norm.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { heNormal, type Initialisation, mlp } from "../../../src/lab/networks/network.ts";
import { familyOfSum, logRatio } from "../width/log-norm.theory.ts";

const WIDTH = 16;
const ratio = logRatio(WIDTH, "relu");
const mask = logRatio(WIDTH, "orthogonal-relu");
/** L - 1 layers, and the last mask alone: E ln(N/d)-like, the orthogonal layer's mean less its gain ln 2. */
const exactMean = (depth: number) => (depth - 1) * ratio.mean + mask.mean - Math.LN2;
/** The sum's cumulants are those of its parts together. */
const familyAt = (depth: number) =>
  familyOfSum(
    {
      mean: exactMean(depth),
      variance: (depth - 1) * ratio.variance + mask.variance,
      third: (depth - 1) * ratio.third + mask.third,
      fourth: (depth - 1) * ratio.fourth + mask.fourth,
    },
    1,
  );
const network = (depth: number, init: Initialisation) =>
  gradientLogNorm(mlp({ width: WIDTH, depth, activation: "relu", init }));

export default defineClaim({
  id: "orvieto2021/gradients/gradient-norm-vanishes",
  title: "The gradient vanishes with depth at the signal's own rate",
  statement: String.raw`Under He's initialisation and at fixed width the gradient of the first layer has $\mathbb E \ln\|\nabla_{W_1}\|^2 = (L-1)\,m(d) + c(d)$: it vanishes exponentially in depth.`,
  source: { paper: "orvieto2021@v1", at: "abstract", grade: "stated" },
  assumptions: { heScale: "the variance of a weight is 2 / fan-in" },
  grid: { depth: [32, 64, 128] },
  experiment: ({ depth }) => network(depth, heNormal),
  prediction: {
    says: "equals",
    statistic: "mean",
    of: "logGradientFirst",
    given: "alive",
    value: ({ depth }) => exactMean(depth),
    within: ({ depth }) => 0.08 * Math.abs(exactMean(depth)),
    because: "8 % of the exact value, about one of the layer's rates per twelve layers",
    expected: {
      spread: ({ depth }) => Math.sqrt(depth * ratio.variance),
      family: ({ depth }) => familyAt(depth),
    },
  },
  rivals: [{ value: -Math.LN2, because: "the logarithm of the mean squared gradient, which He's gain keeps" }],
  controls: [
    {
      breaks: "heScale",
      because: "a gain of 2 e^(-m) cancels the drift: the typical gradient stays, at the price of an exploding mean",
      experiment: ({ depth }) => network(depth, { ...heNormal, gain: 2 * Math.exp(-ratio.mean) }),
      expected: { value: mask.mean - Math.LN2, family: ({ depth }) => familyAt(depth) },
      replicates: { smoke: 256, full: 1024 },
    },
  ],
  tiers: {
    smoke: { replicates: 256, grid: { depth: [32, 64] } },
    full: { replicates: 4608, grid: { depth: [32, 64] } },
    deep: {
      replicates: 17920,
      within: ({ depth }) => 0.04 * Math.abs(exactMean(depth)),
      because: "4 % of the exact value, about one of the layer's rates per 25 layers",
    },
  },
});
