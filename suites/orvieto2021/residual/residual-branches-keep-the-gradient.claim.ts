import { defineClaim } from "../../../src/claim/claim.ts";
import { plainSignals, residualSignals } from "../architecture/networks.ts";
import { logRatio } from "../width/log-norm.theory.ts";

const WIDTH = 8;

export default defineClaim({
  id: "orvieto2021/residual/residual-branches-keep-the-gradient",
  title: "Residual connections keep the gradient's size at every depth, also in narrow networks",
  statement: String.raw`With ReLU branches scaled by $1/\sqrt L$ the median of $\ln\|\nabla_{h_0}\|^2 - \ln\|\nabla_{h_L}\|^2$ at width 8 does not change with depth from 16 to 256.`,
  source: { paper: "orvieto2021@v1", at: "abstract", grade: "stated" },
  assumptions: { skip: "each layer adds to its input" },
  grid: { depth: [16, 64, 256] },
  experiment: ({ depth }) => residualSignals({ width: WIDTH, depth, activation: "relu", scale: "1/sqrt(L)" }),
  prediction: {
    says: "scales",
    through: "median",
    of: "backwardChange",
    along: { axis: "depth" },
    slope: 0,
    within: 0.002,
    because: "in 240 layers half of what one factor of sqrt(e) changes; without skips the same layers lose 96",
    expected: { value: 0.52, spread: 0.86 },
  },
  rivals: [{ value: logRatio(WIDTH, "relu").mean, because: "the loss a layer without skips" }],
  controls: [
    {
      breaks: "skip",
      because: "without skips the gradient vanishes by 0.4 a layer, or dies",
      experiment: ({ depth }) => plainSignals({ width: WIDTH, depth, activation: "relu" }),
      grid: { depth: [16, 64] },
      expected: { value: ({ depth }) => -0.42 * depth, spread: ({ depth }) => 1.4 * Math.sqrt(depth) },
      replicates: { smoke: 64, full: 128 },
    },
  ],
  tiers: {
    smoke: { replicates: 128 },
    full: { replicates: 1024 },
    deep: { replicates: 5120, within: 0.001, because: "in 240 layers a quarter of a unit of the logarithm" },
  },
});
