import { gradientLogNorm } from "../../../benchmarks/gradient-log-norm.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { orthogonal } from "../../../src/lab/networks/network.ts";
import { gradient, reluNetwork } from "./relu-networks.ts";

export default defineClaim({
  id: "orvieto2021/sampling/law-exact-gradient-law",
  title: "Law-exact sampling has direct simulation's law of the gradient's log norm",
  statement: String.raw`Given $z = W h$, $W^\top \delta$ is $(z \cdot \delta)\, h / \|h\|^2$ and an independent Gaussian part orthogonal to $h$: networks of which only that is drawn have the same law of $\ln\|\nabla_{W_1}\|^2$ as networks of which every weight is.`,
  source: { paper: "orvieto2021@v1", at: "our instrument, not the paper's", grade: "derived" },
  assumptions: { gaussianWeights: "weights are independent and Gaussian" },
  grid: { width: [8, 32, 128] },
  experiment: ({ width }) => gradient(width, "law-exact"),
  against: ({ width }) => gradient(width, "direct"),
  prediction: {
    says: "has-same-law",
    of: "logGradientFirst",
    within: 0.075,
    because: "in sup-distance: a shift by a fifth of the spread; the two laws are exactly equal, the dead's share too",
  },
  controls: [
    {
      breaks: "gaussianWeights",
      because:
        "an orthogonal W loses 40 % less of the norm a layer: at width 8 a shift by more than half of the spread",
      experiment: ({ width }) => gradientLogNorm(reluNetwork(width, orthogonal(2))),
      grid: { width: [8] },
      expected: { value: 0.25 },
      replicates: { smoke: 512, full: 4096 },
    },
  ],
  tiers: {
    smoke: { replicates: 512, grid: { width: [8, 32] } },
    full: { replicates: 16384, grid: { width: [8, 32] } },
    deep: { replicates: 16384 },
  },
});
