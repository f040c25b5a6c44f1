import { defineClaim } from "../../../src/claim/claim.ts";
import { byGradientFlow, bySignDescent } from "./chains.ts";

export default defineClaim({
  id: "orvieto2021/escape/sign-descent-time",
  title: "Sign descent leaves a deep chain's plateau after a time of 0.27, at any depth",
  statement: String.raw`Sign descent's escape time tends to $s^* = 0.264$ with $\mathbb E \ln(|w| + s^*) = 0$: at depths 80 and 160 its median lies in $[0.25, 0.30]$.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { signOnly: "only the sign of the gradient is used" },
  grid: { depth: [80, 160] },
  experiment: ({ depth }) => bySignDescent(depth),
  prediction: {
    says: "equals",
    statistic: "median",
    of: "time",
    given: "startsBelow",
    value: 0.275,
    within: 0.025,
    because: "from s* to about s* + 3/L at depth 80: weights of negative products pass through zero first",
    expected: { value: ({ depth }) => 0.264 + 1.3 / depth, spread: ({ depth }) => 0.454 / Math.sqrt(depth) },
  },
  rivals: [{ value: 1, because: "a time of order one, the scale of the weights" }],
  controls: [
    {
      breaks: "signOnly",
      because: "gradient flow takes e^36 at depth 80",
      experiment: ({ depth }) => byGradientFlow(depth),
      grid: { depth: [80] },
      expected: { value: 1e10, spread: 1e9 },
      replicates: { smoke: 256, full: 256 },
    },
  ],
  tiers: {
    smoke: { replicates: 1536 },
    full: { replicates: 1536 },
    deep: {
      replicates: 6144,
      within: 0.015,
      because: "from s* - 0.004 to s* + 2/L at depth 80: the finite-depth medians are 0.280 and 0.272",
    },
  },
});
