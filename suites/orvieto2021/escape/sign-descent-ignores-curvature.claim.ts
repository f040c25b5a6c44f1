import { defineClaim } from "../../../src/claim/claim.ts";
import { byGradientFlow, bySignDescent, slopeByGradientFlow, slopeBySignDescent } from "./chains.ts";

export default defineClaim({
  id: "orvieto2021/escape/sign-descent-ignores-curvature",
  title: "Sign descent, the simplest adaptive method, escapes regardless of curvature",
  statement: String.raw`Over random chains of depth 80 and more the escape time of sign descent does not depend on the curvature at the start: slope of $\ln T$ on $\ln\|\nabla^2 \mathcal L(w_0)\|$ within 0.05 of 0.`,
  source: { paper: "orvieto2021@v1", at: "abstract", grade: "stated" },
  assumptions: { signOnly: "only the sign of the gradient is used" },
  grid: { depth: [80, 160] },
  experiment: ({ depth }) => bySignDescent(depth),
  prediction: {
    says: "follows",
    of: "logTime",
    on: "logHessian",
    given: "startsBelow",
    slope: 0,
    within: 0.05,
    because:
      "a twentieth of gradient flow's slope; the finite-depth slope is -0.020 (L = 80) and -0.010 (L = 160) by simulation of a million chains",
    expected: slopeBySignDescent,
  },
  rivals: [{ value: -1, because: "inverse to curvature, as for gradient flow" }],
  controls: [
    {
      breaks: "signOnly",
      because: "gradient flow is slowed by the gradient's magnitude: slope -1",
      experiment: ({ depth }) => byGradientFlow(depth),
      expected: slopeByGradientFlow,
      replicates: { smoke: 512, full: 2304 },
    },
  ],
  tiers: {
    smoke: { replicates: 768 },
    full: { replicates: ({ depth }) => (depth === 80 ? 4224 : 2304) },
    deep: { replicates: 5376, within: 0.03, because: "half as much again as the finite-depth slope at depth 80" },
  },
});
