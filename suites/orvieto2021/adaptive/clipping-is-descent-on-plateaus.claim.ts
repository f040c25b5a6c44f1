import { clippedDescent } from "../../../benchmarks/optimisers/clipped-descent.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { multilayerPerceptron } from "../../../src/lab/networks/multilayer-perceptron.ts";
import { heNormal } from "../../../src/lab/networks/network.ts";

const WIDTH = 4;
const THRESHOLD = 1;
const trained = (depth: number, clips?: number) =>
  clippedDescent(
    multilayerPerceptron({ widths: [...new Array<number>(depth).fill(WIDTH), 1], activation: "relu", init: heNormal }),
    { rate: 0.05, threshold: THRESHOLD, steps: 50, ...(clips === undefined ? {} : { clips }) },
  );

export default defineClaim({
  id: "orvieto2021/adaptive/clipping-is-descent-on-plateaus",
  title: "Clipping gradients changes nothing where they are small",
  statement:
    "Until its first clipped step, clipped descent (threshold 1) has the losses of plain descent byte for byte: on a plateau, where gradients are far below any threshold, clipping is no help.",
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { small: "gradients are below the threshold" },
  grid: { depth: [10, 20, 40] },
  experiment: ({ depth }) => trained(depth),
  prediction: {
    says: "is-byte-equal",
    of: "differingBytes",
    because: "a gradient whose norm is at most the threshold is used as it is",
  },
  controls: [
    {
      breaks: "small",
      because: "with a threshold of a millionth the first steps are clipped already",
      experiment: ({ depth }) => trained(depth, 1e-6),
      grid: { depth: [10] },
      expected: { value: 100 },
      replicates: { smoke: 16, full: 64 },
    },
  ],
  tiers: {
    smoke: { replicates: 16, grid: { depth: [10] } },
    full: { replicates: 128, grid: { depth: [10, 20] } },
    deep: { replicates: 512 },
  },
});
