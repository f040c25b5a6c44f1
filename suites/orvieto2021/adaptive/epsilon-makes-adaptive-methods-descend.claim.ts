import { epsilonAsSlowFlow } from "../../../benchmarks/optimisers/epsilon-as-slow-flow.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { xavierUniform } from "../../../src/lab/networks/network.ts";
import { linearChain } from "../chains/initialisations.ts";
import { adam, HORIZON, rmsprop } from "./optimisers.ts";

const METHODS = { adam, rmsprop } as const;
const EPSILON = 1e-8;

export default defineClaim({
  id: "orvieto2021/adaptive/epsilon-makes-adaptive-methods-descend",
  title: "Stuck by epsilon are the chains that gradient flow leaves in over 1/epsilon the time",
  statement: String.raw`Adam and RMSProp with $\epsilon = 10^{-8}$ are stuck after the time 8 on those chains, of depth 40 to 80, that gradient flow does not leave in the time $8/\epsilon$: far below $\epsilon$ they are gradient descent.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { fastClock: "steps are divided by epsilon, so that flow's time is counted in units of 1 / epsilon" },
  grid: { method: ["adam", "rmsprop"], depth: [40, 60, 80] },
  experiment: ({ method, depth }) =>
    epsilonAsSlowFlow(linearChain(depth, xavierUniform), METHODS[method](EPSILON), HORIZON),
  prediction: {
    says: "at-least",
    statistic: "proportion",
    of: "agrees",
    given: "startsBelow",
    bound: 0.95,
    because: "0.99 by simulation at depth 40 with Adam, which overshoots now and then, 0.997 and more elsewhere",
    expected: { value: ({ method, depth }) => (method === "adam" && depth === 40 ? 0.988 : 0.995) },
  },
  rivals: [
    { value: 0.5, because: "at depth 60, where half the chains are stuck, chance alone agrees for half of them" },
  ],
  controls: [
    {
      breaks: "fastClock",
      because: "against flow in the same time, without the factor, fewer than half agree at depth 60",
      experiment: ({ method, depth }) =>
        epsilonAsSlowFlow(linearChain(depth, xavierUniform), METHODS[method](EPSILON), HORIZON, 1),
      grid: { depth: [60] },
      expected: { value: 0.45 },
      replicates: { smoke: 64, full: 128 },
    },
  ],
  tiers: {
    smoke: { replicates: 256, grid: { depth: [60] } },
    full: { replicates: 1280 },
    deep: { replicates: 4096, bound: 0.97, because: "twice the share that Adam's overshoot takes at depth 40" },
  },
});
