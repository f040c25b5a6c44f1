import { defineClaim } from "../../../src/claim/claim.ts";
import { logRatio } from "../width/log-norm.theory.ts";
import { regression, residualRegression } from "./networks.ts";

const WIDTH = 8;
/** ln of a norm, not of its square: half the log ratio of a layer. */
const RATE = logRatio(WIDTH, "relu").mean / 2;

export default defineClaim({
  id: "orvieto2021/hessians/network-gauss-newton-falls-faster",
  title: "A narrow network's Gauss-Newton matrix vanishes faster than its Hessian",
  statement: String.raw`In ReLU networks of width 8 $\ln\|J^\top J\| - \ln\|\nabla^2 \mathcal L\|$ falls by $m(8)/2 = -0.199$ a layer: deep plateaus have no positive curvature to speak of beside the indefinite part.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { plainLayers: "layers follow each other without residual branches" },
  grid: { depth: [16, 64] },
  experiment: ({ depth }) => regression(WIDTH, depth, "relu"),
  prediction: {
    says: "scales",
    through: "median",
    of: "gaussNewtonLessNorm",
    given: "alive",
    along: { axis: "depth" },
    slope: RATE,
    within: 0.05,
    because: "a quarter of the rate; simulation gives -0.197 +- 0.006",
    expected: {
      value: ({ depth }) => RATE * depth,
      spread: ({ depth }) => (depth === 16 ? 2.1 : 4.4),
      counts: ({ depth }) => (depth === 16 ? 0.94 : 0.78),
    },
  },
  rivals: [
    { value: 0, because: "both fall alike" },
    { value: 2 * RATE, because: "the Gauss-Newton matrix alone falls at twice the rate" },
  ],
  controls: [
    {
      breaks: "plainLayers",
      because: "where branches are scaled by 1 / sqrt(L) the Hessian is all but its Gauss-Newton part, at every depth",
      experiment: ({ depth }) => residualRegression(WIDTH, depth),
      expected: { value: -0.14, spread: 0.24, counts: 1 },
      replicates: { smoke: 64, full: 192 },
    },
  ],
  tiers: {
    smoke: { replicates: 64 },
    full: { replicates: 768 },
    deep: { replicates: 2048, within: 0.03, because: "a seventh of the rate" },
  },
});
