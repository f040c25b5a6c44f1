import { forwardLogNorm } from "../../../benchmarks/forward-log-norm.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { type Initialisation, mlp, xavierNormal } from "../../../src/lab/networks/network.ts";
import { familyOfSum, logRatio } from "./log-norm.theory.ts";

const DEPTH = 32;
/** So many networks as width 64 needs are only to be had law-exactly. */
const network = (width: number, init: Initialisation) =>
  forwardLogNorm(
    mlp({ width, depth: DEPTH, activation: "linear", init }),
    undefined,
    width === 64 ? "law-exact" : "direct",
  );

/** Networks a cell at the full tier. */
const REPLICATES = { 4: 8960, 16: 32768, 32: 16384, 64: 0 } as const;
/** And at the deep tier. */
const DEEP_REPLICATES = { 4: 35840, 16: 131072, 32: 65536, 64: 129024 } as const;

export default defineClaim({
  id: "orvieto2021/width/log-norm-drift-linear",
  title: "Linear networks of width d lose about 1/d of ln energy a layer",
  statement: String.raw`Per layer, $\ln \|h\|^2$ of a Xavier-initialised linear network has mean $\psi(d/2) + \ln(2/d) \approx -\frac1d$.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { standardGain: "the gain keeps the mean squared norm" },
  grid: { width: [4, 16, 32, 64] },
  experiment: ({ width }) => network(width, xavierNormal),
  prediction: {
    says: "equals",
    statistic: "mean",
    of: "meanLogIncrement",
    given: "alive",
    value: ({ width }) => logRatio(width, "linear").mean,
    within: ({ width }) => (width >= 32 ? 0.1 : 0.05) * Math.abs(logRatio(width, "linear").mean),
    because: "5 %, and 10 % at width 32: each width's rate is told from its neighbours', which differ by half",
    expected: {
      spread: ({ width }) => Math.sqrt(logRatio(width, "linear").variance / DEPTH),
      family: ({ width }) => familyOfSum(logRatio(width, "linear"), DEPTH),
      deviation: {
        atMost: ({ width }) => Math.sqrt(logRatio(width, "linear").variance / DEPTH),
        because: "layers' log ratios are independent and their variance is as exact as their mean",
      },
    },
  },
  rivals: [{ value: 0, because: "the logarithm of the mean ratio, which is 1" }],
  controls: [
    {
      breaks: "standardGain",
      because: "half the gain loses ln 2 a layer more",
      experiment: ({ width }) => network(width, { ...xavierNormal, gain: xavierNormal.gain / 2 }),
      grid: { width: [16] },
      expected: {
        value: ({ width }) => logRatio(width, "linear").mean - Math.LN2,
        family: ({ width }) => familyOfSum(logRatio(width, "linear"), DEPTH),
      },
      replicates: { smoke: 128, full: 256 },
    },
  ],
  tiers: {
    smoke: { replicates: 256, grid: { width: [4, 16, 32] } },
    full: { replicates: ({ width }) => REPLICATES[width], grid: { width: [4, 16, 32] } },
    deep: {
      replicates: ({ width }) => DEEP_REPLICATES[width],
      within: ({ width }) => (width >= 32 ? 0.05 : 0.025) * Math.abs(logRatio(width, "linear").mean),
      because: "2.5 %, and 5 % from width 32 on, of a rate that is exact at every width",
    },
  },
});
