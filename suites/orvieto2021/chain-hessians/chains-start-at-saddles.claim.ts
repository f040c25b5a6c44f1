import { defineClaim } from "../../../src/claim/claim.ts";
import { chainAt } from "./chains.ts";

export default defineClaim({
  id: "orvieto2021/chain-hessians/chains-start-at-saddles",
  title: "Deep chains all start where the loss bends down in some direction",
  statement:
    "At depth 64 at least 99 % of Xavier chains have a Hessian with a negative eigenvalue: the plateau is a saddle's.",
  source: { paper: "orvieto2021@v1", at: "abstract", grade: "stated" },
  assumptions: { deep: "the chain is deep" },
  grid: { depth: [64] },
  experiment: ({ depth }) => chainAt(depth),
  prediction: {
    says: "at-least",
    statistic: "proportion",
    of: "saddle",
    bound: 0.99,
    because: "one in a hundred; by the exact law of the product one in three million has none",
    expected: { value: 1 },
  },
  rivals: [{ value: 0.5, because: "as often a saddle as not" }],
  controls: [
    {
      breaks: "deep",
      because:
        "at depth 4 one chain in eleven starts between 3/7 of its target and the target, where nothing bends down",
      experiment: () => chainAt(4),
      expected: { value: 0.91 },
      replicates: { smoke: 256, full: 1024 },
    },
  ],
  tiers: {
    smoke: { replicates: 256 },
    full: { replicates: 1536 },
    deep: { replicates: 6144, bound: 0.997, because: "three in a thousand" },
  },
});
