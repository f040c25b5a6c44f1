import { type EscapingMethod, optimiserEscape } from "../../../benchmarks/optimisers/optimiser-escape.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { xavierUniform } from "../../../src/lab/networks/network.ts";
import { linearChain } from "../chains/initialisations.ts";
import { HORIZON, sign } from "./optimisers.ts";

const DEPTH = 20;

/** How many times shorter than flow's the times are: momentum keeps 0.9 of each step, so that steps are ten times as long. */
const METHODS = {
  descent: { method: { name: "gradient-descent", rate: 0.1 }, faster: 1 },
  momentum: { method: { name: "momentum", rate: 0.005, momentum: 0.9 }, faster: 10 },
} as const;

/** Three times what a chain of that curvature takes by flow, whose time is e^0.9 over the curvature; one in eight takes longer. */
const horizonAt = (logHessian: number, faster: number) => Math.round((3 * Math.exp(0.9 - logHessian)) / faster);

const leaveAt = (logHessian: number, method: EscapingMethod, horizon: number) =>
  optimiserEscape(linearChain(DEPTH, xavierUniform), method, horizon, { side: "near", logHessian, within: 0.5 });

/** The share of chains within e^0.5 of each curvature. A wider window leans to one side as their density falls: the slope of flow is -1.00 so, and -0.97 within a factor of e (200,000 chains). */
const COUNTS = { [-3]: 0.118, [-5]: 0.092, [-7]: 0.054 } as const;

export default defineClaim({
  id: "orvieto2021/adaptive/momentum-escapes-in-inverse-curvature",
  title: "Descent, with momentum and without, leaves in a time inverse to curvature: slope -1",
  statement: String.raw`Among random chains of depth 20 the median of $\ln T$ falls as $-\ln\|\nabla^2 \mathcal L(w_0)\|$ over curvatures from $e^{-3}$ to $e^{-7}$, for gradient descent and for momentum of 0.9: momentum shortens the time and keeps its law.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { magnitude: "steps are proportional to the gradient" },
  grid: { method: ["descent", "momentum"], logHessian: [-3, -5, -7] },
  experiment: ({ method, logHessian }) =>
    leaveAt(logHessian, METHODS[method].method, horizonAt(logHessian, METHODS[method].faster)),
  prediction: {
    says: "scales",
    through: "median",
    of: "logTime",
    given: "counts",
    along: { axis: "logHessian", named: "ln||Hessian||" },
    slope: -1,
    within: 0.1,
    because:
      "the slope of flow is -1.00 over these curvatures, descent's too, and momentum's -0.985, as its first ten steps are short (200,000 and 20,000 chains a curvature); sign descent's is -0.09",
    expected: {
      value: ({ method, logHessian }) => -(method === "momentum" ? 0.985 : 1) * logHessian,
      spread: 0.7,
      counts: ({ logHessian }) => COUNTS[logHessian],
    },
  },
  rivals: [
    { value: 0, because: "no dependence on curvature, as for adaptive methods" },
    { value: -0.5, because: "a time as the root of the curvature, which momentum has on a convex quadratic" },
  ],
  controls: [
    {
      breaks: "magnitude",
      because: "sign descent ignores the gradient's magnitude: slope -0.09",
      experiment: ({ logHessian }) => leaveAt(logHessian, sign, HORIZON),
      grid: { method: ["descent"] },
      expected: {
        value: ({ logHessian }) => -0.09 * logHessian,
        spread: 0.3,
        counts: ({ logHessian }) => COUNTS[logHessian],
      },
      replicates: { smoke: 512, full: 1024 },
    },
  ],
  tiers: {
    smoke: { replicates: 512, grid: { method: ["momentum"] } },
    full: { replicates: ({ logHessian }) => (logHessian === -5 ? 2048 : 14336) },
    deep: {
      replicates: ({ logHessian }) => (logHessian === -5 ? 8192 : 49152),
      within: 0.06,
      because: "four times what momentum's first steps take away",
    },
  },
});
