import { forwardLogNorm } from "../../../benchmarks/forward-log-norm.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { type Activation, heNormal, mlp, xavierNormal } from "../../../src/lab/networks/network.ts";

const square = (size: number, activation: Activation) =>
  forwardLogNorm(
    mlp({ width: size, depth: size, activation, init: activation === "relu" ? heNormal : xavierNormal }),
    undefined,
    "law-exact",
  );
/** 5 L / d. */
const BETA = 5;

export default defineClaim({
  id: "orvieto2021/relatives/log-norm-is-nearly-normal",
  title: "The log signal is nearly N(-β/2, β), β = 5L/d: mean and variance from one number",
  statement: String.raw`At $L = d$ the law of $\ln\|h_L\|^2$ of ReLU networks under He's initialisation is within 0.05 in sup-distance of $\mathcal N(-\beta/2, \beta)$, $\beta = 5 L / d$.`,
  source: { paper: "haninnica2020@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { rectified: "the activation is ReLU" },
  grid: { width: [64, 128] },
  experiment: ({ width }) => square(width, "relu"),
  prediction: {
    says: "has-law",
    of: "logNormSquared",
    law: () => ({ name: "normal", mean: -BETA / 2, standardDeviation: Math.sqrt(BETA) }),
    within: 0.05,
    because: "three times what width 64 leaves of corrections to mean and variance",
    expected: { value: 0.018 },
  },
  rivals: [
    {
      value: 0.42,
      because:
        "a law with mean 0, as the mean square of 1 suggests: sup-distance 2 Phi(sqrt(beta) / 4) - 1 of that shift",
    },
  ],
  controls: [
    {
      breaks: "rectified",
      because: "linear networks have beta = 2 L / d",
      experiment: ({ width }) => square(width, "linear"),
      grid: { width: [64] },
      expected: { value: 0.4 },
      replicates: { smoke: 512, full: 1024 },
    },
  ],
  tiers: {
    smoke: { replicates: 2048, grid: { width: [64] } },
    full: { replicates: 24576, grid: { width: [64] } },
    deep: { replicates: 81920, within: 0.035, because: "twice what width 64 leaves" },
  },
});
