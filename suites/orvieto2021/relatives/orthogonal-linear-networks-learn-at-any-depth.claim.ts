import { stepsToLoss } from "../../../benchmarks/relatives/steps-to-loss.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { multilayerPerceptron } from "../../../src/lab/networks/multilayer-perceptron.ts";
import { type Initialisation, orthogonal, xavierNormal } from "../../../src/lab/networks/network.ts";

/** Four points of the sphere, Gaussian targets, squared loss, rate 1 / (2 L), to a tenth of the loss at the start. */
const learning = (depth: number, init: Initialisation) =>
  stepsToLoss(multilayerPerceptron({ width: 8, depth, activation: "linear", init }), {
    loss: "squared",
    batch: { size: 4, inputs: "sphere", targets: "gaussian" },
    optimiser: { name: "gradient-descent", rate: 0.5 / depth },
    steps: 400,
    share: 0.1,
  });

export default defineClaim({
  id: "orvieto2021/relatives/orthogonal-linear-networks-learn-at-any-depth",
  title: "Deep linear networks with orthogonal weights learn in a time that depth does not change",
  statement:
    "With rate $1/(2L)$ gradient descent brings orthogonal linear networks of width 8 to a tenth of their loss in as many steps at depth 4, 16 and 64.",
  source: { paper: "saxe2014@v3", at: "abstract", grade: "stated" },
  assumptions: { orthogonalWeights: "weights are orthogonal" },
  grid: { depth: [4, 16, 64] },
  experiment: ({ depth }) => learning(depth, orthogonal(1)),
  prediction: {
    says: "scales",
    through: "median",
    of: "logSteps",
    along: { axis: "depth", as: ({ depth }) => Math.log(depth), named: "ln L" },
    slope: 0,
    within: 0.25,
    because:
      "a quarter of a power of depth: over sixteen times the depth a factor of two; Xavier's weights have a power of two and then never arrive",
    expected: { value: 2.55, spread: ({ depth }) => (depth === 4 ? 0.3 : 0.5) },
  },
  rivals: [{ value: 1, because: "a time in proportion to depth" }],
  controls: [
    {
      breaks: "orthogonalWeights",
      because: "with Xavier's weights depth 16 takes twelve times as long as depth 4, or longer than is waited for",
      experiment: ({ depth }) => learning(depth, xavierNormal),
      grid: { depth: [4, 16] },
      expected: { value: ({ depth }) => (depth === 4 ? 2.9 : 5.4), spread: 0.6 },
      replicates: { smoke: 24, full: 48 },
    },
  ],
  tiers: {
    smoke: { replicates: 24, grid: { depth: [4, 16] } },
    full: { replicates: 112 },
    deep: { replicates: 512, within: 0.15, because: "over sixteen times the depth half as many steps again" },
  },
});
