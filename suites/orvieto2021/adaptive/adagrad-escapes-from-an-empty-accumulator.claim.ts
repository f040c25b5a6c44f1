import { optimiserEscape } from "../../../benchmarks/optimisers/optimiser-escape.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { xavierUniform } from "../../../src/lab/networks/network.ts";
import { linearChain } from "../chains/initialisations.ts";
import { ADAGRAD_HORIZON, adagrad } from "./optimisers.ts";

/** What an accumulator that starts at 0.1, a common default, adds to a size of gradients far below it: sqrt(0.1). */
const FULL = Math.sqrt(0.1);
const leave = (depth: number, epsilon: number) =>
  optimiserEscape(linearChain(depth, xavierUniform), adagrad(epsilon), ADAGRAD_HORIZON);

export default defineClaim({
  id: "orvieto2021/adaptive/adagrad-escapes-from-an-empty-accumulator",
  title: "Adagrad leaves the plateau if its sum of squares starts at zero",
  statement:
    "With nothing added to its sum of squared gradients Adagrad leaves nine of ten chains' plateaus at depths 20 and 40 within 4,000 steps.",
  source: { paper: "orvieto2021@v1", at: "abstract", grade: "stated" },
  assumptions: { empty: "the denominator holds nothing but the gradients that were seen" },
  grid: { depth: [20, 40] },
  experiment: ({ depth }) => leave(depth, 0),
  prediction: {
    says: "at-least",
    statistic: "proportion",
    of: "escaped",
    given: "counts",
    bound: 0.9,
    because: "0.98 by simulation at depth 40; 0.15 with sqrt(0.1) in the denominator",
    expected: { value: ({ depth }) => (depth === 40 ? 0.98 : 0.997) },
  },
  rivals: [{ value: 0.2, because: "what a denominator of sqrt(0.1) gives at depth 40" }],
  controls: [
    {
      breaks: "empty",
      because: "a denominator of sqrt(0.1) makes it descent with three times the rate",
      experiment: ({ depth }) => leave(depth, FULL),
      grid: { depth: [40] },
      expected: { value: 0.17 },
      replicates: { smoke: 64, full: 128 },
    },
  ],
  tiers: {
    smoke: { replicates: 256 },
    full: { replicates: 640 },
    deep: { replicates: 3072, bound: 0.95, because: "half of what the bound leaves" },
  },
});
