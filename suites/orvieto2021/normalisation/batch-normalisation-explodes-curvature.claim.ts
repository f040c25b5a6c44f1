import { defineClaim } from "../../../src/claim/claim.ts";
import { NARROW } from "../hessians/digits.ts";
import { classifier, normalisedClassifier } from "../hessians/networks.ts";

const WIDTH = 8;

export default defineClaim({
  id: "orvieto2021/normalisation/batch-normalisation-explodes-curvature",
  title: "On real digits batch normalisation without skips makes curvature explode with depth",
  statement: String.raw`At width 8 the median of $\ln\|\nabla^2\mathcal L\|$ of the cross-entropy over a batch of digits grows by more than 0.3 a layer from depth 8 to 32 with batch normalisation.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { normalised: "pre-activations are normalised over the batch" },
  grid: { depth: [8, 16, 32] },
  experiment: ({ depth }) => normalisedClassifier(WIDTH, depth),
  prediction: {
    says: "scales-at-least",
    through: "median",
    of: "logNorm",
    along: { axis: "depth" },
    bound: 0.3,
    because: "six tenths of the simulated rate, 0.53",
    expected: { value: ({ depth }) => 3.2 + 0.53 * depth, spread: 1.4 },
  },
  rivals: [{ value: 0, because: "curvature that keeps its size" }],
  controls: [
    {
      breaks: "normalised",
      because: "without normalisation curvature vanishes",
      experiment: ({ depth }) => classifier(WIDTH, 2 * depth),
      grid: { depth: [8, 16, 32] },
      expected: { value: ({ depth }) => NARROW.median(2 * depth), spread: ({ depth }) => NARROW.spread(2 * depth) },
      replicates: { smoke: 32, full: 64 },
    },
  ],
  tiers: {
    smoke: { replicates: 32, grid: { depth: [8, 16] } },
    full: { replicates: 64 },
    deep: { replicates: 256, bound: 0.4, because: "three quarters of the simulated rate" },
  },
});
