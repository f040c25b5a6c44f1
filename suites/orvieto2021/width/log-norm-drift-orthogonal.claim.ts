import { forwardLogNorm } from "../../../benchmarks/forward-log-norm.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { type Initialisation, mlp, orthogonal } from "../../../src/lab/networks/network.ts";
import { familyOfSum, logRatio, probabilityDead } from "./log-norm.theory.ts";

const DEPTH = 32;
const network = (width: number, init: Initialisation) =>
  forwardLogNorm(mlp({ width, depth: DEPTH, activation: "relu", init }));

/** Networks a cell at the full tier. */
const REPLICATES = { 8: 15872, 16: 22528, 32: 11264, 64: 0 } as const;
/** And at the deep tier. */
const DEEP_REPLICATES = { 8: 61440, 16: 92160, 32: 176128, 64: 87040 } as const;

export default defineClaim({
  id: "orvieto2021/width/log-norm-drift-orthogonal",
  title: "Orthogonal weights slow the loss to about 3/(2d) a layer, they do not stop it",
  statement: String.raw`With Haar-orthogonal weights times $\sqrt2$ a ReLU layer's $\ln \|h\|^2$ drifts by $\approx -\frac{3}{2d}$: 40 % less than with Gaussian weights, but no less exponential in depth.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { standardGain: "the gain keeps the mean squared norm" },
  grid: { width: [8, 16, 32, 64] },
  experiment: ({ width }) => network(width, orthogonal(2)),
  prediction: {
    says: "equals",
    statistic: "mean",
    of: "meanLogIncrement",
    given: "alive",
    value: ({ width }) => logRatio(width, "orthogonal-relu").mean,
    within: ({ width }) => (width >= 32 ? 0.1 : 0.05) * Math.abs(logRatio(width, "orthogonal-relu").mean),
    because: "5 %, and 10 % at width 32; the Gaussian rate is 48 % to 62 % off and stays outside",
    expected: {
      spread: ({ width }) => Math.sqrt(logRatio(width, "orthogonal-relu").variance / DEPTH),
      family: ({ width }) => familyOfSum(logRatio(width, "orthogonal-relu"), DEPTH),
      deviation: {
        atMost: ({ width }) => Math.sqrt(logRatio(width, "orthogonal-relu").variance / DEPTH),
        because: "layers' log ratios are independent and their variance is as exact as their mean",
      },
      counts: ({ width }) => 1 - probabilityDead(width, DEPTH),
    },
  },
  rivals: [
    { value: 0, because: "the logarithm of the mean ratio, which is 1" },
    { value: ({ width }) => logRatio(width, "relu").mean, because: "the rate of Gaussian weights" },
  ],
  controls: [
    {
      breaks: "standardGain",
      because: "half the gain loses ln 2 a layer more",
      experiment: ({ width }) => network(width, { ...orthogonal(2), gain: orthogonal(2).gain / 2 }),
      grid: { width: [16] },
      expected: {
        value: ({ width }) => logRatio(width, "orthogonal-relu").mean - Math.LN2,
        family: ({ width }) => familyOfSum(logRatio(width, "orthogonal-relu"), DEPTH),
      },
      replicates: { smoke: 256, full: 256 },
    },
  ],
  tiers: {
    smoke: { replicates: ({ width }) => REPLICATES[width], grid: { width: [8, 16, 32] } },
    full: { replicates: ({ width }) => REPLICATES[width], grid: { width: [8, 16, 32] } },
    deep: {
      replicates: ({ width }) => DEEP_REPLICATES[width],
      within: ({ width }) => (width === 64 ? 0.05 : 0.025) * Math.abs(logRatio(width, "orthogonal-relu").mean),
      because: "2.5 %, and 5 % at width 64, of a rate that is exact at every width",
    },
  },
});
