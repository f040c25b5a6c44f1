import { defineClaim } from "../../../src/claim/claim.ts";
import { INITIALISATIONS, otherFactor, varianceFactor } from "../initialisations.ts";
import { hiddenSignals, LAYERS, WIDTH } from "./networks.ts";

/** Of 4,000 networks of a pilot: standard error 0.006. */
const SIMULATED = { standard: -5.59, normalised: -0.23 } as const;

export default defineClaim({
  id: "glorot2010/signals/back-propagated-gradients-fall-by-a-third",
  title: "Through five tanh layers gradients fall to a third a layer with standard weights",
  statement: String.raw`Where units are near the middle of $\tanh$, back-propagation through a hidden layer of $n$ units multiplies the variance of the gradient by $n \operatorname{Var}(W)$: five of them change $\ln\|\partial C / \partial h\|^2$ by $-5 \ln 3$ with standard weights, by $0$ with normalised ones.`,
  source: { paper: "glorot2010@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { unitSlope: "the activation has slope 1 where units begin" },
  grid: { initialisation: ["standard", "normalised"] },
  experiment: ({ initialisation }) => hiddenSignals("tanh", INITIALISATIONS[initialisation]),
  prediction: {
    says: "equals",
    statistic: "median",
    of: "backwardChange",
    value: ({ initialisation }) => LAYERS * Math.log(varianceFactor(initialisation)),
    within: LAYERS * 0.1,
    because: `a tenth a layer, an eleventh of ln 3: width ${WIDTH} takes off 1 / ${WIDTH} a layer, the bend of tanh up to 2 / ${WIDTH}`,
    expected: { value: ({ initialisation }) => SIMULATED[initialisation], spread: 0.4 },
  },
  rivals: [
    {
      value: ({ initialisation }) => LAYERS * Math.log(otherFactor(initialisation)),
      because: "the other initialisation's factor",
    },
  ],
  controls: [
    {
      breaks: "unitSlope",
      because: "the sigmoid's slope is a quarter: gradients fall sixteen times as fast a layer",
      experiment: ({ initialisation }) => hiddenSignals("sigmoid", INITIALISATIONS[initialisation]),
      grid: { initialisation: ["standard"] },
      expected: { value: -19.6, spread: 0.4 },
      replicates: { smoke: 32, full: 64 },
    },
  ],
  tiers: {
    smoke: { replicates: 128 },
    full: { replicates: 512 },
    deep: {
      replicates: 4096,
      within: LAYERS * 0.07,
      because: "seven hundredths a layer: twice what width and bend take off",
    },
  },
});
