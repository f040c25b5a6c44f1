import { defineClaim } from "../../../src/claim/claim.ts";
import { NETWORKS, rankAt } from "./representations.ts";

export default defineClaim({
  id: "orvieto2021/relatives/batch-normalisation-keeps-rank",
  title: "Batch normalisation keeps the representations of a batch apart at any depth",
  statement: String.raw`At width 32 and depth 100 the effective rank $(\mathrm{tr}\,G)^2/\|G\|_F^2$ of a batch of 32 random inputs is at least 3 with batch normalisation in half of linear and of ReLU networks.`,
  source: { paper: "daneshmand2020@v1", at: "abstract", grade: "stated" },
  assumptions: { normalised: "each layer is normalised over the batch" },
  grid: { network: NETWORKS },
  experiment: ({ network }) => rankAt(network, true),
  prediction: {
    says: "at-least",
    statistic: "median",
    of: "effectiveRank",
    bound: 3,
    because:
      "half of the root of the width, the order that the theory has; simulation gives 4.0 (linear) and 4.7 (ReLU)",
    expected: { value: ({ network }) => (network === "linear" ? 4 : 4.75), spread: 0.75 },
  },
  rivals: [{ value: 1, because: "collapse, as without normalisation" }],
  controls: [
    {
      breaks: "normalised",
      because: "without it one direction is left",
      experiment: ({ network }) => rankAt(network, false),
      expected: { value: 1.02, spread: 0.06 },
      replicates: { smoke: 24, full: 96 },
    },
  ],
  tiers: {
    smoke: { replicates: 24 },
    full: { replicates: 96 },
    deep: { replicates: 384, bound: 3.4, because: "six tenths of the root of the width" },
  },
});
