import { defineClaim } from "../../../src/claim/claim.ts";
import { batchNormalisation, layerNormalisation, plainSignals } from "../architecture/networks.ts";

const AFTER = 4;
const PLACE = { width: 16, batch: 16, activation: "relu", after: AFTER } as const;

export default defineClaim({
  id: "orvieto2021/normalisation/batch-normalisation-explodes-gradients",
  title: "Batch normalisation without skips does not let gradients vanish: it makes them explode",
  statement: String.raw`At width 16 and batches of 16 the median of $\ln\|\nabla_{h_4}\|^2 - \ln\|\nabla_{h_L}\|^2$ exceeds $0.3\,(L - 4)$ in ReLU networks with batch normalisation.`,
  source: { paper: "yang2019@v1", at: "abstract", grade: "stated" },
  assumptions: { normalisedOverTheBatch: "pre-activations are normalised over the batch" },
  grid: { depth: [32] },
  experiment: ({ depth }) => plainSignals({ ...PLACE, depth, normalisation: batchNormalisation }),
  prediction: {
    says: "at-least",
    statistic: "median",
    of: "backwardChange",
    bound: ({ depth }) => 0.3 * (depth - AFTER),
    because: "0.42 a layer is simulated, the logarithm of pi / (pi - 1) = 1.47 is the limit of infinite width",
    expected: { value: ({ depth }) => 0.42 * (depth - AFTER), spread: 1.35 },
  },
  rivals: [{ value: 0, because: "gradients that keep their size" }],
  controls: [
    {
      breaks: "normalisedOverTheBatch",
      because: "without normalisation gradients vanish",
      experiment: ({ depth }) => plainSignals({ ...PLACE, depth }),
      expected: { value: -4, spread: 2.6 },
      replicates: { smoke: 32, full: 64 },
    },
    {
      breaks: "normalisedOverTheBatch",
      because: "layer normalisation, over each example's own units, lets them vanish as well",
      experiment: ({ depth }) => plainSignals({ ...PLACE, depth, normalisation: layerNormalisation }),
      expected: { value: -5, spread: 4 },
      replicates: { smoke: 32, full: 64 },
    },
  ],
  tiers: {
    smoke: { replicates: 48 },
    full: { replicates: 128 },
    deep: {
      replicates: 512,
      bound: ({ depth }) => 0.36 * (depth - AFTER),
      because: "six sevenths of the simulated rate",
    },
  },
});
