import { forwardLogNorm } from "../../../benchmarks/forward-log-norm.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { orthogonal } from "../../../src/lab/networks/network.ts";
import { familyOfSum, logRatio, probabilityDead } from "../width/log-norm.theory.ts";
import { DEPTH, reluNetwork, signal } from "./relu-networks.ts";

const variance = (width: number, kind: "relu" | "orthogonal-relu") => DEPTH * logRatio(width, kind).variance;

export default defineClaim({
  id: "orvieto2021/sampling/law-exact-signal-variance",
  title: "Law-exact sampling has direct simulation's variance of the log norm",
  statement: String.raw`Networks of which only $W h$ is drawn have the same $\mathrm{Var} \ln\|h_L\|^2$ as networks of which every weight is.`,
  source: { paper: "orvieto2021@v1", at: "our instrument, not the paper's", grade: "derived" },
  assumptions: { gaussianWeights: "weights are independent and Gaussian" },
  grid: { width: [8, 32, 128] },
  experiment: ({ width }) => signal(width, "law-exact"),
  against: ({ width }) => signal(width, "direct"),
  prediction: {
    says: "differs-by",
    statistic: "log-variance",
    of: "logNormSquared",
    given: "alive",
    value: 0,
    within: 0.15,
    because:
      "15 % of the variance, the margin of the claims about it; layers that share a part of their draws would add to more",
    expected: {
      value: 0,
      spread: Math.SQRT2,
      family: ({ width }) => familyOfSum(logRatio(width, "relu"), DEPTH),
      counts: ({ width }) => 1 - probabilityDead(width, DEPTH),
    },
  },
  controls: [
    {
      breaks: "gaussianWeights",
      because:
        "an orthogonal W keeps the norm before the activation, so that 36 % of the variance is missing at width 32",
      experiment: ({ width }) => forwardLogNorm(reluNetwork(width, orthogonal(2))),
      grid: { width: [32] },
      expected: {
        value: ({ width }) => Math.log(variance(width, "orthogonal-relu") / variance(width, "relu")),
        family: ({ width }) => familyOfSum(logRatio(width, "orthogonal-relu"), DEPTH),
        against: { family: ({ width }) => familyOfSum(logRatio(width, "relu"), DEPTH) },
      },
      replicates: { smoke: 512, full: 6400 },
    },
  ],
  tiers: {
    smoke: { replicates: 512, grid: { width: [8, 32] } },
    full: { replicates: ({ width }) => (width === 8 ? 26624 : 20480), grid: { width: [8, 32] } },
    deep: { replicates: ({ width }) => (width === 8 ? 27648 : 20480) },
  },
});
