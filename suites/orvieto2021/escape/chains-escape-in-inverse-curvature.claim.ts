import { defineClaim } from "../../../src/claim/claim.ts";
import { byGradientFlow, bySignDescent, slopeByGradientFlow, slopeBySignDescent } from "./chains.ts";

export default defineClaim({
  id: "orvieto2021/escape/chains-escape-in-inverse-curvature",
  title: "Random chains escape by gradient flow in a time inverse to their curvature",
  statement: String.raw`Over random chains of depth 80 and more $\ln T = -\ln\|\nabla^2 \mathcal L(w_0)\| + c$: escape time is inverse to the curvature at the start.`,
  source: { paper: "orvieto2021@v1", at: "abstract", grade: "stated" },
  assumptions: { gradientMagnitude: "steps are proportional to the gradient" },
  grid: { depth: [80, 160] },
  experiment: ({ depth }) => byGradientFlow(depth),
  prediction: {
    says: "follows",
    of: "logTime",
    on: "logHessian",
    given: "startsBelow",
    slope: -1,
    within: 0.05,
    because:
      "the finite-depth slope is -0.996 (L = 80) and -0.998 (L = 160) by simulation of a million chains; on the output |P| instead it is -0.83 to -0.94",
    expected: slopeByGradientFlow,
  },
  rivals: [{ value: 0, because: "no dependence on curvature, as for adaptive methods" }],
  controls: [
    {
      breaks: "gradientMagnitude",
      because: "sign descent ignores the gradient's magnitude: slope about -1.6 / L",
      experiment: ({ depth }) => bySignDescent(depth),
      expected: slopeBySignDescent,
      replicates: { smoke: 768, full: ({ depth }) => (depth === 80 ? 4224 : 2304) },
    },
  ],
  tiers: {
    smoke: { replicates: ({ depth }) => (depth === 80 ? 1024 : 768) },
    full: { replicates: ({ depth }) => (depth === 80 ? 3328 : 2560) },
    deep: {
      replicates: ({ depth }) => (depth === 80 ? 7168 : 4608),
      within: 0.025,
      because: "six times the distance of the finite-depth slope at depth 80",
    },
  },
});
