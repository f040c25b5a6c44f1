import { defineClaim } from "../../../src/claim/claim.ts";
import { batchNormalisation, plainSignals } from "../architecture/networks.ts";

const PLACE = { width: 16, batch: 16, activation: "relu", after: 4 } as const;

export default defineClaim({
  id: "orvieto2021/normalisation/batch-normalisation-holds-the-signal",
  title: "Batch normalisation holds the size of signals on the way forward",
  statement: String.raw`At width 16 and batches of 16 the median of $\ln\|h_L\|^2 - \ln\|h_4\|^2$ is 0 within 0.1 in ReLU networks with batch normalisation.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { normalised: "pre-activations are normalised over the batch" },
  grid: { depth: [32] },
  experiment: ({ depth }) => plainSignals({ ...PLACE, depth, normalisation: batchNormalisation }),
  prediction: {
    says: "equals",
    statistic: "median",
    of: "forwardChange",
    value: 0,
    within: 0.1,
    because: "each layer's squared norm is that of a normalised vector cut by ReLU: one law at every layer",
    expected: { value: 0, spread: 0.12 },
  },
  rivals: [{ value: -28 * 0.1764, because: "the loss of 28 layers without normalisation" }],
  controls: [
    {
      breaks: "normalised",
      because: "without normalisation 28 layers lose more than 4",
      experiment: ({ depth }) => plainSignals({ ...PLACE, depth }),
      expected: { value: -4.6, spread: 2.8 },
      replicates: { smoke: 32, full: 64 },
    },
  ],
  tiers: {
    smoke: { replicates: 48 },
    full: { replicates: 192 },
    deep: { replicates: 512, within: 0.06, because: "a hundredth of what is lost without" },
  },
});
