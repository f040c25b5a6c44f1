import { chainCurvature } from "../../../benchmarks/hessians/chain-curvature.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { xavierUniform } from "../../../src/lab/networks/network.ts";
import { linearChain } from "../chains/initialisations.ts";
import { chainAt } from "./chains.ts";

export default defineClaim({
  id: "orvieto2021/chain-hessians/chain-inertia-follows-a-rule",
  title: "How many directions of a chain's loss bend down depends on its output alone",
  statement: String.raw`At target $y$ a chain of output $f$, $q = f/y$, has $L - 1$ negative eigenvalues where $q < 0$ or $q > 1$, one where $0 < q < \frac{L-1}{2L-1}$, and none between: never another number.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { fixedTarget: "the rule is asked for the target that the loss has" },
  grid: { depth: [4, 16, 64, 128] },
  experiment: ({ depth }) => chainAt(depth),
  prediction: {
    says: "is-identity",
    of: "inertiaOff",
    bound: 0.5,
    because:
      "eigenvalues are counted: a half tells 0 from 1; the solver finds the counts, the rule never sees a weight",
  },
  controls: [
    {
      breaks: "fixedTarget",
      because: "the rule for a target of 0.01 says all but one for the positive outputs above it, and one is the truth",
      experiment: ({ depth }) => chainCurvature(linearChain(depth, xavierUniform), { ruleTarget: 0.01 }),
      grid: { depth: [4] },
      expected: { value: 2 },
      replicates: { smoke: 256, full: 256 },
    },
  ],
  tiers: {
    smoke: { replicates: 256, grid: { depth: [4, 16] } },
    full: { replicates: 1024, grid: { depth: [4, 16, 64] } },
    deep: { replicates: 4096 },
  },
});
