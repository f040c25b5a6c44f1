import { momentumFactor } from "../../../benchmarks/optimisers/momentum-factor.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { xavierUniform } from "../../../src/lab/networks/network.ts";
import type { Optimiser } from "../../../src/lab/networks/optimiser.ts";
import { linearChain } from "../chains/initialisations.ts";
import { sign } from "./optimisers.ts";

/** Descent that takes so long that the first and the last steps do not count; half of the chains of depth 20 take longer still. */
const SLOW = { slowFrom: 2000, maxSteps: 40_000 } as const;
const momentum = (share: number): Optimiser => ({ name: "momentum", rate: 0.002, momentum: share });
const factor = (depth: number, method: Optimiser) => momentumFactor(linearChain(depth, xavierUniform), method, SLOW);

export default defineClaim({
  id: "orvieto2021/adaptive/momentum-is-a-constant-factor",
  title: "Momentum leaves a plateau ten times as soon, however flat it is",
  statement:
    "Momentum 0.9 divides the escape time of slow chains by $1/(1 - 0.9) = 10$, from below: the median factor lies in $[8.5, 10]$ at depths 15 and 20. Its time is inverse to curvature as descent's is.",
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: {
    share: "a share of 0.9 of the last step is kept",
    magnitude: "steps are proportional to the gradient",
  },
  grid: { depth: [15, 20] },
  experiment: ({ depth }) => factor(depth, momentum(0.9)),
  prediction: {
    says: "equals",
    statistic: "median",
    of: "factor",
    given: "slow",
    value: 9.25,
    within: 0.75,
    because: "10 is the limit of infinitely slow chains; simulation gives 9.28 and 9.36",
    expected: { value: 9.3, spread: 0.55, counts: 0.35 },
  },
  rivals: [{ value: 1, because: "momentum does not help" }],
  controls: [
    {
      breaks: "share",
      because: "half the last step gives a factor of 2",
      experiment: ({ depth }) => factor(depth, momentum(0.5)),
      grid: { depth: [15] },
      expected: { value: 2, spread: 0.01 },
      replicates: { smoke: 96, full: 128 },
    },
    {
      breaks: "magnitude",
      because: "sign descent's factor is 40 to 60, and the larger the flatter the chain",
      experiment: ({ depth }) => factor(depth, sign),
      grid: { depth: [20] },
      expected: { value: 60, spread: 40 },
      replicates: { smoke: 96, full: 320 },
    },
  ],
  tiers: {
    smoke: { replicates: 192, grid: { depth: [15] } },
    full: { replicates: 384 },
    deep: { replicates: 2048, within: 0.5, because: "twice the distance between the medians at the two depths" },
  },
});
