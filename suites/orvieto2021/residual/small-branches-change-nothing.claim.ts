import { defineClaim } from "../../../src/claim/claim.ts";
import { residualSignals } from "../architecture/networks.ts";

export default defineClaim({
  id: "orvieto2021/residual/small-branches-change-nothing",
  title: "Branches scaled by 1/L leave a random network all but the identity",
  statement: String.raw`In $h + \frac1L W h$ with Xavier's weights at width 8 and depth 64 the median of $\ln\|h_L\|^2 / \|h_0\|^2$ is within 0.05 of 0.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { smallBranches: "branches are scaled by 1 / L" },
  grid: { depth: [64] },
  experiment: ({ depth }) => residualSignals({ width: 8, depth, activation: "linear", scale: "1/L" }),
  prediction: {
    says: "equals",
    statistic: "median",
    of: "forwardChange",
    value: 0,
    within: 0.05,
    because: "the exact mean is 0.0117 with a deviation of 0.088",
    expected: { value: 0.0117, spread: 0.088 },
  },
  rivals: [{ value: 0.747, because: "branches scaled by 1/sqrt(L)" }],
  controls: [
    {
      breaks: "smallBranches",
      because: "scaled by 1/sqrt(L) they more than double the squared norm",
      experiment: ({ depth }) => residualSignals({ width: 8, depth, activation: "linear", scale: "1/sqrt(L)" }),
      expected: { value: 0.77, spread: 0.7 },
      replicates: { smoke: 64, full: 256 },
    },
  ],
  tiers: {
    smoke: { replicates: 64 },
    full: { replicates: 512 },
    deep: { replicates: 2304, within: 0.03, because: "three times the exact mean" },
  },
});
