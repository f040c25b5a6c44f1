import { forwardLogNorm } from "../../../benchmarks/forward-log-norm.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { heNormal, type Initialisation, mlp } from "../../../src/lab/networks/network.ts";
import { familyOfSum, logRatio, probabilityDead } from "./log-norm.theory.ts";
import { samplingAt } from "./networks.ts";

const DEPTH = 32;
const network = (width: number, init: Initialisation) =>
  forwardLogNorm(mlp({ width, depth: DEPTH, activation: "relu", init }), undefined, samplingAt(width));

/** Networks a cell at the full tier. */
const REPLICATES = { 8: 9216, 16: 13312, 32: 24576, 64: 12288, 128: 0, 256: 0 } as const;
/** And at the deep tier. */
const DEEP_REPLICATES = { 8: 36864, 16: 53248, 32: 100352, 64: 49152, 128: 98304, 256: 196608 } as const;

export default defineClaim({
  id: "orvieto2021/width/log-norm-drift-relu",
  title: "ReLU networks of width d lose about 5/(2d) of ln energy a layer",
  statement: String.raw`Per layer, $\ln \|h\|^2$ of a He-initialised ReLU network has mean $m(d) = \mathbb E\,\psi(N/2) + \ln(4/d) \approx -\frac{5}{2d}$, $N \sim \mathrm{Bin}(d, \frac12)$ given $N \ge 1$.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { standardGain: "the gain keeps the mean squared norm" },
  grid: { width: [8, 16, 32, 64, 128, 256] },
  experiment: ({ width }) => network(width, heNormal),
  prediction: {
    says: "equals",
    statistic: "mean",
    of: "meanLogIncrement",
    given: "alive",
    value: ({ width }) => logRatio(width, "relu").mean,
    within: ({ width }) => (width >= 64 ? 0.1 : 0.05) * Math.abs(logRatio(width, "relu").mean),
    because:
      "5 %, and 10 % at width 64 where networks cost most: each width's rate is told from its neighbours', which differ by half",
    expected: {
      spread: ({ width }) => Math.sqrt(logRatio(width, "relu").variance / DEPTH),
      family: ({ width }) => familyOfSum(logRatio(width, "relu"), DEPTH),
      deviation: {
        atMost: ({ width }) => Math.sqrt(logRatio(width, "relu").variance / DEPTH),
        because: "layers' log ratios are independent and their variance is as exact as their mean",
      },
      counts: ({ width }) => 1 - probabilityDead(width, DEPTH),
    },
  },
  rivals: [{ value: 0, because: "the logarithm of the mean ratio, which is 1" }],
  controls: [
    {
      breaks: "standardGain",
      because: "half the gain loses ln 2 a layer more",
      experiment: ({ width }) => network(width, { ...heNormal, gain: heNormal.gain / 2 }),
      grid: { width: [16] },
      expected: {
        value: ({ width }) => logRatio(width, "relu").mean - Math.LN2,
        family: ({ width }) => familyOfSum(logRatio(width, "relu"), DEPTH),
      },
      replicates: { smoke: 128, full: 256 },
    },
  ],
  tiers: {
    smoke: { replicates: 256, grid: { width: [8, 16, 32, 64] } },
    full: { replicates: ({ width }) => REPLICATES[width], grid: { width: [8, 16, 32, 64] } },
    deep: {
      replicates: ({ width }) => DEEP_REPLICATES[width],
      within: ({ width }) => (width >= 64 ? 0.05 : 0.025) * Math.abs(logRatio(width, "relu").mean),
      because: "2.5 %, and 5 % from width 64 on, of a rate that is exact at every width",
    },
  },
});
