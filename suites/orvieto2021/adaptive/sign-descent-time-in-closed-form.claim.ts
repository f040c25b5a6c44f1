import { signDescentFormula } from "../../../benchmarks/optimisers/sign-descent-formula.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { xavierUniform } from "../../../src/lab/networks/network.ts";
import type { Optimiser } from "../../../src/lab/networks/optimiser.ts";
import { linearChain } from "../chains/initialisations.ts";
import { HORIZON, normalised, sign } from "./optimisers.ts";

const RATE = 0.0005;
const time = (depth: number, optimiser: Optimiser) =>
  signDescentFormula(linearChain(depth, xavierUniform), { ...optimiser, rate: RATE }, HORIZON);

export default defineClaim({
  id: "orvieto2021/adaptive/sign-descent-time-in-closed-form",
  title: "Sign descent's escape time depends on the weights' distances to the target alone",
  statement: String.raw`Sign descent leaves a chain's plateau at the time $T = s + 2 \min_i |w_i| \mathbb 1[\prod w < 0]$, where $\sum_i \ln(|w_i| + s) = \ln \frac 1 2$: within four steps of 0.0005 for nearly all chains. No gradient's size enters.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { signOnly: "only the sign of the gradient is used" },
  grid: { depth: [20, 80, 160] },
  experiment: ({ depth }) => time(depth, sign),
  prediction: {
    says: "at-least",
    statistic: "proportion",
    of: "isClose",
    bound: 0.95,
    because:
      "where the two smallest weights pass zero in one step the product stays negative: one chain in a hundred at depth 160, whose smallest weights are 0.01 apart",
    expected: { value: ({ depth }) => 1 - 0.00006 * depth },
  },
  rivals: [{ value: 0.1, because: "a formula that is right only by chance" }],
  controls: [
    {
      breaks: "signOnly",
      because: "normalised descent's steps are the larger the smaller a weight is",
      experiment: ({ depth }) => time(depth, normalised),
      grid: { depth: [80] },
      expected: { value: 0.01 },
      replicates: { smoke: 64, full: 128 },
    },
  ],
  tiers: {
    smoke: { replicates: 512, grid: { depth: [20] } },
    full: { replicates: 1664 },
    deep: { replicates: 4096, bound: 0.97, because: "twice the share with two weights that close" },
  },
});
