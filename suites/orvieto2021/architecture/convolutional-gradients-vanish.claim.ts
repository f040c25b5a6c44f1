import { defineClaim } from "../../../src/claim/claim.ts";
import { convolutionalSignals } from "./networks.ts";

export default defineClaim({
  id: "orvieto2021/architecture/convolutional-gradients-vanish",
  title: "Gradients of narrow convolutional networks vanish with depth as well",
  statement: String.raw`With 4 channels and He's weights $\ln\|\nabla_{h_1}\|^2 - \ln\|\nabla_{h_L}\|^2$ falls by more than 0.08 a layer from depth 8 to 32, slower than the signal: a cotangent that is alike at all places is not a typical one.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { fewChannels: "there are few channels" },
  grid: { depth: [8, 32] },
  experiment: ({ depth }) => convolutionalSignals(4, depth),
  prediction: {
    says: "scales-at-most",
    through: "median",
    of: "backwardChange",
    along: { axis: "depth" },
    bound: -0.08,
    because: "half of the simulated rate",
    expected: {
      value: ({ depth }) => (depth === 8 ? 0.55 : -3.6),
      spread: ({ depth }) => (depth === 8 ? 1.55 : 3.7),
    },
  },
  rivals: [{ value: 0, because: "gradients that keep their size" }],
  controls: [
    {
      breaks: "fewChannels",
      because: "with 16 channels it hardly changes",
      experiment: ({ depth }) => convolutionalSignals(16, depth),
      expected: { value: 1.3, spread: ({ depth }) => (depth === 8 ? 0.83 : 1.9) },
      replicates: { smoke: 24, full: 192 },
    },
  ],
  tiers: {
    smoke: { replicates: 96 },
    full: { replicates: 1280 },
    deep: { replicates: 3072, bound: -0.1, because: "six tenths of the simulated rate" },
  },
});
