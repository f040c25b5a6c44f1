import { optimiserEscape } from "../../../benchmarks/optimisers/optimiser-escape.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { xavierUniform } from "../../../src/lab/networks/network.ts";
import type { Optimiser } from "../../../src/lab/networks/optimiser.ts";
import { linearChain } from "../chains/initialisations.ts";
import { ADAPTIVE, adam, descent, HORIZON } from "./optimisers.ts";

const leave = (depth: number, optimiser: Optimiser) =>
  optimiserEscape(linearChain(depth, xavierUniform), optimiser, HORIZON);

export default defineClaim({
  id: "orvieto2021/adaptive/adaptive-methods-escape",
  title: "Adaptive methods leave the plateau of chains of any depth",
  statement: String.raw`From Xavier chains of depth 20 to 120, Adam, RMSProp, sign descent and normalised descent ($\epsilon = 0$) leave the plateau within 4,000 steps of 0.002 in more than nine of ten cases; gradient descent is left on it by depth 40.`,
  source: { paper: "orvieto2021@v1", at: "abstract", grade: "stated" },
  assumptions: {
    adaptive: "steps are divided by the size of the gradients",
    noEpsilon: "nothing is added to that size",
  },
  grid: { method: ["adam", "rmsprop", "sign", "normalised"], depth: [20, 40, 80, 120] },
  experiment: ({ method, depth }) => leave(depth, ADAPTIVE[method]),
  prediction: {
    says: "at-least",
    statistic: "proportion",
    of: "escaped",
    given: "counts",
    bound: 0.9,
    because: "simulation gives 0.985 and more: Adam overshoots some deep chains; gradient descent has 0.03 at depth 40",
    expected: { value: ({ method }) => (method === "adam" ? 0.98 : 0.999) },
  },
  rivals: [{ value: 0.3, because: "gradient descent's share at depth 20" }],
  controls: [
    {
      breaks: "adaptive",
      because: "gradient descent moves in proportion to gradients that vanish",
      experiment: ({ depth }) => leave(depth, descent),
      grid: { method: ["adam"], depth: [20, 40] },
      expected: { value: ({ depth }) => (depth === 20 ? 0.27 : 0.04) },
      replicates: { smoke: 64, full: 128 },
    },
    {
      breaks: "noEpsilon",
      because: "with epsilon 1e-8 Adam is descent with a rate of 2e5, too little at depth 120",
      experiment: ({ depth }) => leave(depth, adam(1e-8)),
      grid: { method: ["adam"], depth: [120] },
      expected: { value: 0.01 },
      replicates: { smoke: 64, full: 128 },
    },
  ],
  tiers: {
    smoke: { replicates: 256, grid: { depth: [40] } },
    full: { replicates: 640 },
    deep: { replicates: 3072, bound: 0.95, because: "three times as many overshoot as simulation shows" },
  },
});
