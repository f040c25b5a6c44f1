import { signDescentFormula } from "../../../benchmarks/optimisers/sign-descent-formula.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { xavierUniform } from "../../../src/lab/networks/network.ts";
import type { Optimiser } from "../../../src/lab/networks/optimiser.ts";
import { linearChain } from "../chains/initialisations.ts";
import { signDescentConstant, signDescentDeviation } from "./chain-escape.theory.ts";
import { HORIZON, rmsprop, sign } from "./optimisers.ts";

/** Half a normal law's width that holds eight in ten of its values. */
const EIGHT_IN_TEN = 1.2816;

/** The middle is s*, and later by about 1/L where weights of negative products pass zero first. */
const bandAt = (depth: number) => {
  const middle = signDescentConstant() + 1 / depth;
  const half = (EIGHT_IN_TEN * signDescentDeviation()) / Math.sqrt(depth);
  // Rounded, as the band is part of what names the random streams.
  return [rounded(middle - half), rounded(middle + half)] as const;
};
const rounded = (value: number) => Math.round(value * 1e6) / 1e6;
const time = (depth: number, optimiser: Optimiser) =>
  signDescentFormula(linearChain(depth, xavierUniform), optimiser, HORIZON, bandAt(depth));

export default defineClaim({
  id: "orvieto2021/adaptive/sign-descent-spread",
  title: "Sign descent's escape times gather around a constant as depth grows",
  statement: String.raw`Eight in ten of sign descent's escape times lie within $1.28 \cdot 0.454 / \sqrt L$ of $s^* + 1/L$, $s^* = 0.264$: the deeper the chain, the surer the time.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { signOnly: "only the sign of the gradient is used" },
  grid: { depth: [160, 320, 640] },
  experiment: ({ depth }) => time(depth, sign),
  prediction: {
    says: "equals",
    statistic: "proportion",
    of: "inBand",
    value: 0.8,
    within: 0.1,
    because:
      "a spread 25 % smaller or larger; negative products widen it: simulation gives 0.76 at depth 160, 0.77 at 320",
    expected: { value: ({ depth }) => 0.8 - 6.5 / depth },
  },
  rivals: [{ value: 0.5, because: "a spread twice as wide" }],
  controls: [
    {
      breaks: "signOnly",
      because: "RMSProp, which averages, is there sooner, and a few chains later: other times, spread otherwise",
      experiment: ({ depth }) => time(depth, rmsprop()),
      grid: { depth: [160] },
      expected: { value: 0.05 },
      replicates: { smoke: 128, full: 256 },
    },
  ],
  tiers: {
    smoke: { replicates: 512, grid: { depth: [160] } },
    full: { replicates: 3584, grid: { depth: [160, 320] } },
    deep: { replicates: 4096 },
  },
});
