import { jacobianSingularValues } from "../../../benchmarks/initialisation/jacobian-singular-values.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { orthogonal } from "../../../src/lab/networks/network.ts";
import { INITIALISATIONS, varianceFactor } from "../initialisations.ts";
import { quarterCircleMean } from "./quarter-circle.theory.ts";

const LAYER = 3;
const SIMULATED = { standard: { 32: 0.489, 64: 0.4897 }, normalised: { 32: 0.8255, 64: 0.836 } } as const;

export default defineClaim({
  id: "glorot2010/jacobians/mean-singular-value-is-below-one",
  title: "A layer's mean singular value: .49 with standard weights, .85 with normalised ones",
  statement: String.raw`Where units are near the middle of $\tanh$, the singular values of a layer's Jacobian have the mean $\frac{8}{3\pi}\sqrt{n \operatorname{Var}(W)}$ of the quarter circle: $0.490$ with standard weights, $0.849$ with normalised ones.`,
  source: { paper: "glorot2010@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { independent: "the entries of a weight matrix are independent" },
  grid: { initialisation: ["standard", "normalised"], width: [32, 64] },
  experiment: ({ initialisation, width }) =>
    jacobianSingularValues({ width, layer: LAYER, activation: "tanh", init: INITIALISATIONS[initialisation] }),
  prediction: {
    says: "equals",
    statistic: "median",
    of: "meanSingularValue",
    value: ({ initialisation }) => quarterCircleMean(varianceFactor(initialisation)),
    within: 0.05,
    because: "half of the last digit of a half and of eight tenths, and a third of the distance of .85 from 1",
    // of 4,000 networks of a pilot each: the bend of tanh takes off 0.3 / width a layer of normalised weights
    expected: {
      value: ({ initialisation, width }) => SIMULATED[initialisation][width],
      spread: ({ initialisation, width }) => (0.5 / width) * Math.sqrt(varianceFactor(initialisation)),
    },
  },
  rivals: [
    {
      value: ({ initialisation }) => Math.sqrt(varianceFactor(initialisation)),
      because: "their root mean square, which is what the variance says",
    },
  ],
  controls: [
    {
      breaks: "independent",
      because: "orthogonal weights of the same variance have equal singular values, at their root mean square",
      experiment: ({ initialisation, width }) =>
        jacobianSingularValues({
          width,
          layer: LAYER,
          activation: "tanh",
          init: orthogonal(varianceFactor(initialisation)),
        }),
      grid: { initialisation: ["normalised"], width: [32] },
      expected: { value: 0.97, spread: 0.01 },
      replicates: { smoke: 32, full: 64 },
    },
  ],
  tiers: {
    smoke: { replicates: 64, grid: { initialisation: ["standard", "normalised"], width: [32] } },
    full: { replicates: 256 },
    deep: {
      replicates: 1024,
      within: 0.03,
      because: "what the bend of tanh takes off at width 32, and half as much again",
    },
  },
});
