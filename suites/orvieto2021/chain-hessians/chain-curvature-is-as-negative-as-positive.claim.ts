import { chainCurvature } from "../../../benchmarks/hessians/chain-curvature.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { xavierUniform } from "../../../src/lab/networks/network.ts";
import { linearChain } from "../chains/initialisations.ts";
import { chainAt } from "./chains.ts";

export default defineClaim({
  id: "orvieto2021/chain-hessians/chain-curvature-is-as-negative-as-positive",
  title: "A chain's loss bends down as much as up",
  statement: String.raw`The median of $\ln(-\lambda_{\min}/\lambda_{\max})$ over Xavier chains is 0: the most negative curvature is as large as the most positive.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { plateau: "the output is far below the target" },
  grid: { depth: [64] },
  experiment: ({ depth }) => chainAt(depth),
  prediction: {
    says: "equals",
    statistic: "median",
    of: "logEdgeRatio",
    value: 0,
    within: 0.25,
    because: "a factor of 1.28; the law of the ratio is symmetric about 0 where the output's sign is a coin's",
    expected: { spread: 0.95 },
  },
  rivals: [{ value: Math.log(0.1), because: "negative curvature of a tenth of the positive" }],
  controls: [
    {
      breaks: "plateau",
      because:
        "with target 0 the output is where it should be, and the Gauss-Newton part, which bends up, is as large as the rest",
      experiment: ({ depth }) => chainCurvature(linearChain(depth, xavierUniform), { target: 0 }),
      expected: { value: -1.75, spread: 0.8 },
      replicates: { smoke: 128, full: 256 },
    },
  ],
  tiers: {
    smoke: { replicates: 256 },
    full: { replicates: 1536 },
    deep: { replicates: 6144, within: 0.12, because: "a factor of 1.13" },
  },
});
