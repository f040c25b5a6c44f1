import { weightGradients } from "../../../benchmarks/initialisation/weight-gradients.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { multilayerPerceptron } from "../../../src/lab/networks/multilayer-perceptron.ts";
import { INITIALISATIONS } from "../initialisations.ts";
import { deepNetwork, LAYERS } from "./networks.ts";

const FUNNEL = [64, 32, 16, 8, 8] as const;

export default defineClaim({
  id: "glorot2010/signals/weight-gradients-are-alike-in-all-layers",
  title: "Gradients of weights are alike in the first layer and the last, also where signals shrink",
  statement: String.raw`The gradient of a weight is what came forward times what came back: $\operatorname{Var}(\partial C / \partial W_l) \propto \prod_{k<l} n \operatorname{Var}(W_k) \prod_{k>l} n \operatorname{Var}(W_k)$ is the same in all layers of equal widths and weights, also where $n \operatorname{Var}(W) = 1/3$ shrinks both.`,
  source: { paper: "glorot2010@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: {
    equalWidths: "all layers have the same width",
    centred: "the activation is odd: units are 0 in the mean",
  },
  grid: { initialisation: ["standard", "normalised"] },
  experiment: ({ initialisation }) => weightGradients(deepNetwork("tanh", INITIALISATIONS[initialisation])),
  prediction: {
    says: "equals",
    statistic: "median",
    of: "firstLessLast",
    value: 0,
    within: 0.25,
    because: "less than a quarter of the ln 3 that a single layer of standard weights would do",
    expected: { value: -0.015, spread: 0.55 },
  },
  rivals: [
    {
      value: -LAYERS * Math.log(3),
      because: "the gradients of weights shrink as those that are propagated back through five standard layers",
    },
  ],
  controls: [
    {
      breaks: "equalWidths",
      because:
        "from 64 units to 8: the first layer has 32 times as many weights as the last for 8 times as much gradient",
      experiment: ({ initialisation }) =>
        weightGradients(
          multilayerPerceptron({ widths: FUNNEL, activation: "tanh", init: INITIALISATIONS[initialisation] }),
        ),
      grid: { initialisation: ["standard"] },
      expected: { value: -Math.log(4), spread: 1 },
      replicates: { smoke: 256, full: 1024 },
    },
    {
      breaks: "centred",
      because: "sigmoid units are a half in the mean, so what comes forward does not shrink, and what comes back does",
      experiment: ({ initialisation }) => weightGradients(deepNetwork("sigmoid", INITIALISATIONS[initialisation])),
      grid: { initialisation: ["standard"] },
      expected: { value: -22.4, spread: 0.4 },
      replicates: { smoke: 32, full: 64 },
    },
  ],
  tiers: {
    smoke: { replicates: 384 },
    full: { replicates: 1024 },
    deep: { replicates: 8192, within: 0.1, because: "less than a tenth of ln 3" },
  },
});
