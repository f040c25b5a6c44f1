import { optimiserEscape } from "../../../benchmarks/optimisers/optimiser-escape.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { xavierUniform } from "../../../src/lab/networks/network.ts";
import type { Optimiser } from "../../../src/lab/networks/optimiser.ts";
import { linearChain } from "../chains/initialisations.ts";
import { adam, descent, sign } from "./optimisers.ts";

/** So deep that descent is ten times as slow as sign descent, and more than half of its runs still end within the horizon. */
const DEEP = 15;
const SHALLOW = 4;
/** 40,000 steps. */
const HORIZON = 80;

const METHODS = {
  adam: adam(),
  sign,
  momentum: { ...descent, name: "momentum", momentum: 0.9 },
  descent,
} as const satisfies Readonly<Record<string, Optimiser>>;

/** Medians of ln T in a pilot of 2,000 chains of each depth, and deviations of the normal laws that are as dense there. */
const PILOT = {
  adam: { deep: -1.54, shallow: -0.98, spread: 0.5 },
  sign: { deep: -1.14, shallow: -0.78, spread: 0.5 },
  momentum: { deep: 0.04, shallow: -2.1, spread: 2.5 },
  descent: { deep: 2.31, shallow: -0.14, spread: 2.8 },
} as const;

const leave = (depth: number, optimiser: Optimiser) =>
  optimiserEscape(linearChain(depth, xavierUniform), optimiser, HORIZON);

export default defineClaim({
  id: "orvieto2021/adaptive/methods-leave-in-order",
  title: "Adam leaves the plateau first, then sign descent, then momentum, and descent last",
  statement: String.raw`Of Xavier chains of depth 15, with one rate of 0.002 for all methods, the median escape times rank: Adam ($\epsilon = 0$), sign descent, momentum of 0.9, gradient descent.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { deep: "chains are so deep that gradients have vanished" },
  grid: { method: ["adam", "sign", "momentum", "descent"] },
  experiment: ({ method }) => leave(DEEP, METHODS[method]),
  prediction: {
    says: "is-ordered",
    order: "ascending",
    through: "median",
    of: "logTime",
    given: "counts",
    along: { axis: "method" },
    bound: 0,
    because: "the order is claimed and no distance; the smallest step of a pilot is 0.40, from Adam to sign descent",
    expected: {
      value: ({ method }) => PILOT[method].deep,
      spread: ({ method }) => PILOT[method].spread,
      counts: 0.98,
    },
  },
  controls: [
    {
      breaks: "deep",
      because: "at depth 4 gradients are large, and momentum is there before steps of a fixed size are",
      experiment: ({ method }) => leave(SHALLOW, METHODS[method]),
      expected: { value: ({ method }) => PILOT[method].shallow, spread: 1.2, counts: 0.84 },
      replicates: { smoke: 384, full: 768 },
    },
  ],
  tiers: {
    smoke: { replicates: 1024 },
    full: { replicates: 10240 },
    deep: { replicates: 40960, bound: 0.2, because: "half of the smallest step of the pilot" },
  },
});
