import { defineClaim } from "../../../src/claim/claim.ts";
import { xavierUniform } from "../../../src/lab/networks/network.ts";
import { stableUniform } from "../chains/initialisations.ts";
import { hessianSlope } from "./chain-curvature.theory.ts";
import { chainAt, DEPTHS } from "./chains.ts";

export default defineClaim({
  id: "orvieto2021/chain-hessians/chain-hessian-vanishes",
  title: "A chain's curvature vanishes exponentially with depth",
  statement: String.raw`Under Xavier's initialisation the median of $\ln\|\nabla^2 \mathcal L\|$ falls by $0.4507\,L$ less $2 \ln L$: all eigenvalues of the Hessian vanish.`,
  source: { paper: "orvieto2021@v1", at: "abstract", grade: "stated" },
  assumptions: { xavierScale: "the variance of a weight is 1 / fan" },
  grid: { depth: DEPTHS },
  experiment: ({ depth }) => chainAt(depth),
  prediction: {
    says: "scales",
    through: "median",
    of: "logNorm",
    along: { axis: "depth" },
    slope: hessianSlope(xavierUniform, DEPTHS),
    within: 0.04,
    because: "a tenth of the rate; leaving out 2 ln L would shift it by 0.035, which this claim does not tell apart",
    expected: {
      value: ({ depth }) => -0.45 * depth + 2 * Math.log(depth),
      spread: ({ depth }) => Math.sqrt(depth),
    },
  },
  rivals: [
    { value: 2 * hessianSlope(xavierUniform, DEPTHS), because: "twice the rate, as of the Gauss-Newton matrix" },
    { value: 0, because: "no vanishing, as the expectation has it" },
  ],
  controls: [
    {
      breaks: "xavierScale",
      because: "at the scale t = e, stable for typical products, the Hessian grows like a square of depth",
      experiment: ({ depth }) => chainAt(depth, stableUniform),
      expected: { value: ({ depth }) => 2 * Math.log(depth), spread: ({ depth }) => Math.sqrt(depth) },
      replicates: { smoke: 64, full: 128 },
    },
  ],
  tiers: {
    smoke: { replicates: 192, grid: { depth: [16, 32, 64] } },
    full: { replicates: 1024 },
    deep: { replicates: 4096, within: 0.02, because: "a twentieth of the rate, less than 2 ln L adds" },
  },
});
