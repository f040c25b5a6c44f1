import { defineClaim } from "../../../src/claim/claim.ts";
import { stableUniform } from "../chains/initialisations.ts";
import { chainAt } from "./chains.ts";

export default defineClaim({
  id: "orvieto2021/chain-hessians/chain-index-is-one-or-all-but-one",
  title: "Half of all deep chains have one direction that bends down, the others all but one",
  statement:
    "At depth 32 and more the Hessian of a Xavier chain has exactly one negative eigenvalue with probability $1/2$; in the other half $L - 1$ are negative: the sign of the output decides.",
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { xavierScale: "the variance of a weight is 1 / fan" },
  grid: { depth: [32, 64] },
  experiment: ({ depth }) => chainAt(depth),
  prediction: {
    says: "equals",
    statistic: "proportion",
    of: "oneNegative",
    value: 0.5,
    within: 0.1,
    because: "a fifth of the share; the exact law leaves 0.0015 at depth 32",
  },
  rivals: [
    { value: 0, because: "all but one direction bends down, always" },
    { value: 1, because: "one direction bends down, always" },
  ],
  controls: [
    {
      breaks: "xavierScale",
      because: "at the scale t = e half of the outputs are above the target: index 1 in 0.22 of chains",
      experiment: ({ depth }) => chainAt(depth, stableUniform),
      expected: { value: 0.22 },
      replicates: { smoke: 128, full: 512 },
    },
  ],
  tiers: {
    smoke: { replicates: 256 },
    full: { replicates: 2048 },
    deep: { replicates: 7168, within: 0.05, because: "a tenth of the share" },
  },
});
