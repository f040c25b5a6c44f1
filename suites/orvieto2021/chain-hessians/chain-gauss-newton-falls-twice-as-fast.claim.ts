import { defineClaim } from "../../../src/claim/claim.ts";
import { xavierUniform } from "../../../src/lab/networks/network.ts";
import { stableUniform } from "../chains/initialisations.ts";
import { gaussNewtonLessHessianSlope } from "./chain-curvature.theory.ts";
import { chainAt, DEPTHS } from "./chains.ts";

export default defineClaim({
  id: "orvieto2021/chain-hessians/chain-gauss-newton-falls-twice-as-fast",
  title: "A chain's Gauss-Newton matrix vanishes at twice the Hessian's rate",
  statement: String.raw`$\ln\|J^\top J\| - \ln\|\nabla^2 \mathcal L\|$ falls by $\mathbb E \ln|w| = -0.4507$ a layer more: what is left of the curvature is its indefinite part.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { xavierScale: "the variance of a weight is 1 / fan" },
  grid: { depth: DEPTHS },
  experiment: ({ depth }) => chainAt(depth),
  prediction: {
    says: "scales",
    through: "median",
    of: "gaussNewtonLessNorm",
    along: { axis: "depth" },
    slope: gaussNewtonLessHessianSlope(xavierUniform),
    within: 0.045,
    because: "a tenth of the rate; simulation gives -0.447 +- 0.004",
    expected: { value: ({ depth }) => -0.4475 * depth, spread: ({ depth }) => 1.03 * Math.sqrt(depth) },
  },
  rivals: [{ value: 0, because: "both fall alike" }],
  controls: [
    {
      breaks: "xavierScale",
      because: "at the scale t = e neither falls: both grow like a square of depth",
      experiment: ({ depth }) => chainAt(depth, stableUniform),
      expected: { value: 0, spread: ({ depth }) => Math.sqrt(depth) },
      replicates: { smoke: 64, full: 128 },
    },
  ],
  tiers: {
    smoke: { replicates: 192, grid: { depth: [16, 32, 64] } },
    full: { replicates: 1024 },
    deep: { replicates: 4096, within: 0.025, because: "a twentieth of the rate" },
  },
});
