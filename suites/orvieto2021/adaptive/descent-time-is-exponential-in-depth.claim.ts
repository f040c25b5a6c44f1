import { type EscapingMethod, optimiserEscape } from "../../../benchmarks/optimisers/optimiser-escape.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { xavierUniform } from "../../../src/lab/networks/network.ts";
import { slopeWeights } from "../../../src/statistics/judges/slope-judge.ts";
import { linearChain } from "../chains/initialisations.ts";
import { logFlowTime } from "./chain-escape.theory.ts";
import { flow, sign } from "./optimisers.ts";

const DEPTHS = [20, 40, 80] as const;
/** Of the theory's medians at the grid's depths, by least squares as the judge does. */
const SLOPE = slopeWeights(DEPTHS).reduce((sum, weight, at) => sum + weight * logFlowTime(DEPTHS[at]!), 0);
const leave = (depth: number, method: EscapingMethod) =>
  optimiserEscape(linearChain(depth, xavierUniform), method, method.name === "gradient-flow" ? 1e300 : 8);

export default defineClaim({
  id: "orvieto2021/adaptive/descent-time-is-exponential-in-depth",
  title: "Gradient flow needs a time that grows exponentially with a chain's depth",
  statement: String.raw`The median of $\ln T$ of gradient flow on Xavier chains grows by 0.40 a layer from depth 20 to 80, as $0.4507\,L - 2 \ln L$ does (exponential in depth: Shamir 2019).`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { gradientMagnitude: "steps are proportional to the gradient" },
  grid: { depth: [...DEPTHS] },
  experiment: ({ depth }) => leave(depth, flow),
  prediction: {
    says: "scales",
    through: "median",
    of: "logTime",
    given: "counts",
    along: { axis: "depth" },
    slope: SLOPE,
    within: 0.04,
    because: "a tenth; without the 2 ln L it would be 0.45",
    expected: { value: ({ depth }) => logFlowTime(depth), spread: ({ depth }) => 1.0 * Math.sqrt(depth) },
  },
  rivals: [
    { value: 0, because: "no growth, as for adaptive methods" },
    { value: 0.4507, because: "the rate at which the gradient vanishes, without the sum over L weights" },
  ],
  controls: [
    {
      breaks: "gradientMagnitude",
      because: "sign descent takes about as long at any depth",
      experiment: ({ depth }) => leave(depth, sign),
      expected: { value: ({ depth }) => -1.2 - 0.0005 * depth, spread: 0.6 },
      replicates: { smoke: 512, full: 512 },
    },
  ],
  tiers: {
    smoke: { replicates: 1024 },
    full: { replicates: 4096 },
    deep: { replicates: 16384, within: 0.02, because: "a twentieth, with the simulated 0.402 half of it away at most" },
  },
});
