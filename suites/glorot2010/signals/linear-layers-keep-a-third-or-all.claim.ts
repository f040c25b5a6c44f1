import { layerNormRatio } from "../../../benchmarks/layer-norm-ratio.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { heUniform, type Initialisation, mlp } from "../../../src/lab/networks/network.ts";
import { INITIALISATIONS, otherFactor, varianceFactor } from "../initialisations.ts";
import { ratioFamily, ratioSpread } from "./variance.theory.ts";

const DEPTH = 5;
const linear = (width: number, init: Initialisation) =>
  layerNormRatio(mlp({ width, depth: DEPTH, activation: "linear", init }));

export default defineClaim({
  id: "glorot2010/signals/linear-layers-keep-a-third-or-all",
  title: "A linear layer keeps a third of the variance with standard weights, all with normalised",
  statement: String.raw`A linear layer of $n$ units multiplies the variance of activations by $n \operatorname{Var}(W)$, at every width: by $1/3$ with $W \sim U[-1/\sqrt n, 1/\sqrt n]$, by $1$ with $W \sim U[-\sqrt{6/2n}, \sqrt{6/2n}]$.`,
  source: { paper: "glorot2010@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { scale: "weights have the variance 1 / 3n, or 1 / n" },
  grid: { initialisation: ["standard", "normalised"], width: [16, 64] },
  experiment: ({ initialisation, width }) => linear(width, INITIALISATIONS[initialisation]),
  prediction: {
    says: "equals",
    statistic: "mean",
    of: "meanRatio",
    value: ({ initialisation }) => varianceFactor(initialisation),
    within: ({ initialisation }) => 0.05 * varianceFactor(initialisation),
    because: "a twentieth: five layers then stay within a quarter of what they are predicted to do",
    expected: {
      spread: ({ initialisation, width }) => varianceFactor(initialisation) * ratioSpread(width, DEPTH),
      family: ({ width }) => ratioFamily(width, DEPTH),
    },
  },
  rivals: [
    { value: ({ initialisation }) => otherFactor(initialisation), because: "the other initialisation's factor" },
  ],
  controls: [
    {
      breaks: "scale",
      because: "He's weights, made for units of which half are off, double the variance where none is",
      experiment: ({ width }) => linear(width, heUniform),
      grid: { initialisation: ["normalised"], width: [16] },
      expected: { value: 2, spread: 2 * ratioSpread(16, DEPTH), family: ratioFamily(16, DEPTH) },
      replicates: { smoke: 256, full: 256 },
    },
  ],
  tiers: {
    smoke: { replicates: ({ width }) => (width === 16 ? 1024 : 256) },
    full: { replicates: ({ width }) => (width === 16 ? 2048 : 512) },
    deep: {
      replicates: 8192,
      within: ({ initialisation }) => 0.02 * varianceFactor(initialisation),
      because: "a fiftieth: five layers then stay within a tenth",
    },
  },
});
