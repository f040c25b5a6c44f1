import { defineClaim } from "../../../src/claim/claim.ts";
import { NETWORKS, rankAt } from "./representations.ts";

export default defineClaim({
  id: "orvieto2021/relatives/representations-collapse-without-batch-normalisation",
  title: "Representations of a batch collapse to one direction with depth",
  statement: String.raw`At width 32 and depth 100 the effective rank $(\mathrm{tr}\,G)^2/\|G\|_F^2$ of a batch of 32 random inputs is below 1.2 in half of linear and of ReLU networks.`,
  source: { paper: "daneshmand2020@v1", at: "abstract", grade: "stated" },
  assumptions: { unnormalised: "there is no batch normalisation" },
  grid: { network: NETWORKS },
  experiment: ({ network }) => rankAt(network, false),
  prediction: {
    says: "at-most",
    statistic: "median",
    of: "effectiveRank",
    bound: 1.2,
    because: "one direction and a fifth; simulation gives 1.02 (linear) and 1.0002 (ReLU)",
    expected: { value: ({ network }) => (network === "linear" ? 1.025 : 1), spread: 0.12 },
  },
  rivals: [{ value: 16, because: "half of the 32 inputs' directions, as at the start" }],
  controls: [
    {
      breaks: "unnormalised",
      because: "batch normalisation keeps four directions and more",
      experiment: ({ network }) => rankAt(network, true),
      expected: { value: 4.3, spread: 0.7 },
      replicates: { smoke: 24, full: 96 },
    },
  ],
  tiers: {
    smoke: { replicates: 24 },
    full: { replicates: 96 },
    deep: { replicates: 384, bound: 1.1, because: "one direction and a tenth" },
  },
});
