import { forwardLogNorm } from "../../../benchmarks/forward-log-norm.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { heNormal, mlp, xavierNormal } from "../../../src/lab/networks/network.ts";
import { familyOfSum, logRatio } from "./log-norm.theory.ts";

const DEPTH = 64;
const WIDTH = 16;
const SHALLOW_DEPTH = 4;
const ratio = logRatio(WIDTH, "relu");
const shallow = logRatio(2, "linear");

export default defineClaim({
  id: "orvieto2021/width/log-norm-skewness",
  title: "Deep in the network the log norm is nearly normal",
  statement: String.raw`The skewness of $\ln\|h_L\|^2$ falls as $1/\sqrt L$: at width 16 and depth 64 it is within 0.25 of 0.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { deep: "depth is large enough for the central limit theorem" },
  grid: { depth: [DEPTH] },
  experiment: ({ depth }) => forwardLogNorm(mlp({ width: WIDTH, depth, activation: "relu", init: heNormal })),
  prediction: {
    says: "equals",
    statistic: "skewness",
    of: "logNormSquared",
    value: 0,
    within: 0.25,
    because:
      "less than half of the skewness of four linear layers of width 2; the exact value, -0.13, follows from the cumulants",
    expected: {
      value: ratio.third / (ratio.variance ** 1.5 * Math.sqrt(DEPTH)),
      spread: Math.sqrt(DEPTH * ratio.variance),
      // Laws of the whole region and a little beyond, so that a truth near its edge is judged; kurtosis as a gamma law's.
      family: { skewness: 0.3, excessKurtosis: 1.5 * 0.3 ** 2 },
      // A layer of width 16 dies with probability 2^-16: one network in a thousand.
    },
    given: "alive",
  },
  controls: [
    {
      breaks: "deep",
      because: "four linear layers of width 2 have skewness -0.57",
      experiment: () =>
        forwardLogNorm(mlp({ width: 2, depth: SHALLOW_DEPTH, activation: "linear", init: xavierNormal })),
      expected: {
        value: shallow.third / (shallow.variance ** 1.5 * Math.sqrt(SHALLOW_DEPTH)),
        spread: Math.sqrt(SHALLOW_DEPTH * shallow.variance),
        family: familyOfSum(shallow, SHALLOW_DEPTH),
      },
      replicates: { smoke: 4096, full: 32768 },
    },
  ],
  tiers: {
    smoke: { replicates: 2048 },
    full: { replicates: 60416 },
    deep: { replicates: 165888, within: 0.2, because: "half as far again as the exact value, -0.13" },
  },
});
