import { forwardLogNorm } from "../../../benchmarks/forward-log-norm.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { heNormal, type Initialisation, mlp, orthogonal, xavierNormal } from "../../../src/lab/networks/network.ts";
import { familyOfSum, logRatio, probabilityDead } from "./log-norm.theory.ts";

const DEPTH = 16;
const network = (activation: "linear" | "relu", width: number, init: Initialisation) =>
  forwardLogNorm(mlp({ width, depth: DEPTH, activation, init }));

export default defineClaim({
  id: "orvieto2021/width/log-norm-variance",
  title: "The log norm spreads by about 5/d (ReLU) or 2/d (linear) a layer",
  statement: String.raw`$\mathrm{Var}\ln\|h_L\|^2 = L\,v(d)$ with $v(d) \approx 5/d$ for ReLU and $2/d$ for linear networks: only depth over width matters.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { independentWeights: "weights are independent" },
  grid: { activation: ["linear", "relu"], width: [8, 16, 32] },
  experiment: ({ activation, width }) => network(activation, width, activation === "relu" ? heNormal : xavierNormal),
  prediction: {
    says: "equals",
    statistic: "variance",
    of: "logNormSquared",
    given: "alive",
    value: ({ activation, width }) => DEPTH * logRatio(width, activation).variance,
    within: ({ activation, width }) => 0.15 * DEPTH * logRatio(width, activation).variance,
    because:
      "15 % tells the exact v(d) from the leading order at width 8 (ReLU: 2.0 times), and from orthogonal weights (32 % less)",
    expected: {
      spread: ({ activation, width }) => Math.sqrt(DEPTH * logRatio(width, activation).variance),
      family: ({ activation, width }) => familyOfSum(logRatio(width, activation), DEPTH),
      counts: ({ activation, width }) => (activation === "relu" ? 1 - probabilityDead(width, DEPTH) : 1),
    },
  },
  controls: [
    {
      breaks: "independentWeights",
      because: "orthogonal weights spread the ReLU network's norm 32 % less",
      experiment: ({ activation, width }) => network(activation, width, orthogonal(2)),
      grid: { activation: ["relu"], width: [16] },
      expected: {
        value: ({ width }) => DEPTH * logRatio(width, "orthogonal-relu").variance,
        spread: ({ width }) => Math.sqrt(DEPTH * logRatio(width, "orthogonal-relu").variance),
        family: ({ width }) => familyOfSum(logRatio(width, "orthogonal-relu"), DEPTH),
      },
      replicates: { smoke: 512, full: 8192 },
    },
  ],
  tiers: {
    smoke: { replicates: 512 },
    full: { replicates: ({ width }) => (width === 8 ? 14336 : 10240) },
    deep: {
      replicates: ({ width }) => (width === 8 ? 57344 : 40960),
      within: ({ activation, width }) => 0.075 * DEPTH * logRatio(width, activation).variance,
      because: "7.5 %: the variance is exact at every width",
    },
  },
});
