import { defineClaim } from "../../../src/claim/claim.ts";
import { logRatio } from "../width/log-norm.theory.ts";
import { convolutionalSignals } from "./networks.ts";

const CHANNELS = 4;
const KERNEL = 9;

export default defineClaim({
  id: "orvieto2021/architecture/convolutional-width-is-near-the-channels",
  title: "Convolutional networks vanish almost six times as fast as their fan-in suggests",
  statement: String.raw`With 4 channels, $3 \times 3$ kernels and He's weights $\ln\|h_L\|^2$ falls by 0.41 a layer from depth 8 to 32: weights are shared, and the width that counts is nearer to the channels than to $k^2 c = 36$.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { fewChannels: "there are few channels" },
  grid: { depth: [8, 32] },
  experiment: ({ depth }) => convolutionalSignals(CHANNELS, depth),
  prediction: {
    says: "scales",
    through: "median",
    of: "forwardChange",
    along: { axis: "depth" },
    slope: -0.414,
    within: 0.1,
    because: "a quarter of the simulated rate, far from what either width predicts; dead networks rank lowest",
    expected: {
      value: ({ depth }) => (depth === 8 ? -2.2 : -12.6),
      spread: ({ depth }) => (depth === 8 ? 2.15 : 4.7),
    },
  },
  rivals: [
    { value: logRatio(KERNEL * CHANNELS, "relu").mean, because: "the rate of a dense layer of the fan-in's width" },
    { value: logRatio(CHANNELS, "relu").mean, because: "the rate of a dense layer as wide as the channels" },
  ],
  controls: [
    {
      breaks: "fewChannels",
      because: "with 16 channels it falls by 0.12",
      experiment: ({ depth }) => convolutionalSignals(16, depth),
      expected: { value: ({ depth }) => 0.4 - 0.12 * depth, spread: ({ depth }) => (depth === 8 ? 1.1 : 2.7) },
      replicates: { smoke: 24, full: 128 },
    },
  ],
  tiers: {
    smoke: { replicates: 96 },
    full: { replicates: 1280 },
    deep: { replicates: 3072, within: 0.07, because: "a sixth of the simulated rate" },
  },
});
