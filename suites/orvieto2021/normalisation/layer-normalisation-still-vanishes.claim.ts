import { defineClaim } from "../../../src/claim/claim.ts";
import { layerNormalisation, plainSignals, residualSignals } from "../architecture/networks.ts";

const WIDTH = 16;
const AFTER = 4;

export default defineClaim({
  id: "orvieto2021/normalisation/layer-normalisation-still-vanishes",
  title: "Layer normalisation without skips does not keep gradients from vanishing",
  statement: String.raw`At width 16 and depth 64 the median of $\ln\|\nabla_{h_4}\|^2 - \ln\|\nabla_{h_L}\|^2$ is below $-0.1\,(L - 4)$ in ReLU networks with layer normalisation, whose signals keep their size.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { noSkip: "there are no residual branches" },
  grid: { depth: [64] },
  experiment: ({ depth }) =>
    plainSignals({ width: WIDTH, depth, activation: "relu", normalisation: layerNormalisation, after: AFTER }),
  prediction: {
    says: "at-most",
    statistic: "median",
    of: "backwardChange",
    bound: ({ depth }) => -0.1 * (depth - AFTER),
    because: "-0.18 a layer is simulated, as without normalisation (-0.176)",
    expected: { value: ({ depth }) => -0.182 * (depth - AFTER), spread: 6 },
  },
  rivals: [{ value: 0, because: "normalised layers' gradients that keep their size" }],
  controls: [
    {
      breaks: "noSkip",
      because: "with residual branches gradients do not vanish",
      experiment: ({ depth }) =>
        residualSignals({
          width: WIDTH,
          depth,
          activation: "relu",
          scale: "1/sqrt(L)",
          normalisation: layerNormalisation,
          after: AFTER,
        }),
      expected: { value: 1.9, spread: 1 },
      replicates: { smoke: 32, full: 64 },
    },
  ],
  tiers: {
    smoke: { replicates: 96 },
    full: { replicates: 384 },
    deep: {
      replicates: 1280,
      bound: ({ depth }) => -0.13 * (depth - AFTER),
      because: "seven tenths of the simulated rate",
    },
  },
});
