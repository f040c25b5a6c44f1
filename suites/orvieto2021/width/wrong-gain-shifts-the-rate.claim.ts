import { forwardLogNorm } from "../../../benchmarks/forward-log-norm.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { heUniform, type Initialisation, mlp, torchDefault } from "../../../src/lab/networks/network.ts";
import { logRatio } from "./log-norm.theory.ts";

const DEPTH = 32;
/** Uniform weights' rate over Gaussian ones', by simulation of 60,000 networks: +- 0.004. */
const SIMULATED_RATIO = 0.92;
const ratio = (width: number) => logRatio(width, "relu");
const network = (width: number, init: Initialisation) =>
  forwardLogNorm(mlp({ width, depth: DEPTH, activation: "relu", init }));

/** Gaussian weights have 0.14 and 0.05; 20,000 networks of uniform ones -0.14 (standard error 0.02) and 0.07 (0.03). */
const FAMILY = { skewness: 0.25, excessKurtosis: 0.2 } as const;

export default defineClaim({
  id: "orvieto2021/width/wrong-gain-shifts-the-rate",
  title: "A library's default gain loses ln 6 more a ReLU layer",
  statement: String.raw`With variance $1/(3\,\text{fan-in})$, a common default, a ReLU layer's $\ln\|h\|^2$ drifts by $-\ln 6 + m(d)$: the wrong gain swamps the effect of width.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { defaultGain: "the variance of a weight is 1 / (3 fan-in)" },
  grid: { width: [32] },
  experiment: ({ width }) => network(width, torchDefault),
  prediction: {
    says: "equals",
    statistic: "mean",
    of: "meanLogIncrement",
    value: ({ width }) => -Math.log(6) + ratio(width).mean,
    within: 0.03,
    because: "a third of m(32): the gain alone, -ln 6, stays outside; uniform weights take 8 % off m (0.007)",
    expected: {
      value: ({ width }) => -Math.log(6) + SIMULATED_RATIO * ratio(width).mean,
      spread: ({ width }) => Math.sqrt(ratio(width).variance / DEPTH),
      family: FAMILY,
    },
  },
  rivals: [
    { value: ({ width }) => ratio(width).mean, because: "He's gain" },
    { value: -Math.log(6), because: "the gain alone, as expectations have it" },
  ],
  controls: [
    {
      breaks: "defaultGain",
      because: "He's uniform initialisation drifts by m alone",
      experiment: ({ width }) => network(width, heUniform),
      expected: { value: ({ width }) => SIMULATED_RATIO * ratio(width).mean, family: FAMILY },
      replicates: { smoke: 256, full: 256 },
    },
  ],
  tiers: {
    smoke: { replicates: 1024 },
    full: { replicates: 1024 },
    deep: { replicates: 8192, within: 0.015, because: "a sixth of m(32), of which uniform weights take off half" },
  },
});
