import { defineClaim } from "../../../src/claim/claim.ts";
import { orthogonal } from "../../../src/lab/networks/network.ts";
import { logRatio } from "../width/log-norm.theory.ts";
import { plainSignals } from "./networks.ts";

const WIDTH = 16;
const RATE = logRatio(WIDTH, "orthogonal-relu").mean;

export default defineClaim({
  id: "orvieto2021/architecture/orthogonal-relu-gradients-vanish",
  title: "Orthogonal weights only slow the loss of a ReLU network's gradient",
  statement: String.raw`At width 16 orthogonal weights of gain 2 lose 0.1126 a layer of $\ln\|\nabla\|^2$ where Gaussian ones lose 0.1764: a third less, not nothing.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { orthogonalWeights: "weights are orthogonal" },
  grid: { depth: [16, 64] },
  experiment: ({ depth }) => plainSignals({ width: WIDTH, depth, activation: "relu", init: orthogonal(2) }),
  prediction: {
    says: "scales",
    through: "median",
    of: "backwardChange",
    given: "alive",
    along: { axis: "depth" },
    slope: RATE,
    within: 0.03,
    because: "half of the distance to the Gaussian rate",
    expected: { value: ({ depth }) => RATE * depth, spread: ({ depth }) => 0.56 * Math.sqrt(depth), counts: 0.995 },
  },
  rivals: [
    { value: 0, because: "orthogonal weights that cure it, as in linear networks" },
    { value: logRatio(WIDTH, "relu").mean, because: "Gaussian weights' rate" },
  ],
  controls: [
    {
      breaks: "orthogonalWeights",
      because: "Gaussian weights lose 0.1764 a layer",
      experiment: ({ depth }) => plainSignals({ width: WIDTH, depth, activation: "relu" }),
      expected: { value: ({ depth }) => -0.1764 * depth, spread: ({ depth }) => 0.65 * Math.sqrt(depth), counts: 0.99 },
      replicates: { smoke: 128, full: 1536 },
    },
  ],
  tiers: {
    smoke: { replicates: 128 },
    full: { replicates: 1536 },
    deep: { replicates: 4096, within: 0.02, because: "a third of the distance to the Gaussian rate" },
  },
});
