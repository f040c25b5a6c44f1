import { optimiserEscape } from "../../../benchmarks/optimisers/optimiser-escape.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { xavierUniform } from "../../../src/lab/networks/network.ts";
import { linearChain } from "../chains/initialisations.ts";
import { ADAGRAD_HORIZON, adagrad } from "./optimisers.ts";

const leave = (depth: number, epsilon: number) =>
  optimiserEscape(linearChain(depth, xavierUniform), adagrad(epsilon), ADAGRAD_HORIZON);

export default defineClaim({
  id: "orvieto2021/adaptive/adagrad-is-stuck-behind-a-full-accumulator",
  title: "Adagrad is stuck if its sum of squares starts at 0.1",
  statement: String.raw`With $\sqrt{0.1}$ added to its denominator, as much as a sum of squares that starts at 0.1 has, Adagrad leaves fewer than one in ten plateaus of chains of depth 60 within 4,000 steps.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { full: "the denominator begins with a number far above the gradients" },
  grid: { depth: [60, 80] },
  experiment: ({ depth }) => leave(depth, Math.sqrt(0.1)),
  prediction: {
    says: "at-most",
    statistic: "proportion",
    of: "escaped",
    given: "counts",
    bound: 0.1,
    because: "0.02 to 0.04 by simulation at depth 60; 0.95 from an empty sum",
    expected: { value: ({ depth }) => (depth === 60 ? 0.035 : 0.01) },
  },
  rivals: [{ value: 0.95, because: "the share that escapes from an empty sum" }],
  controls: [
    {
      breaks: "full",
      because: "from an empty sum 95 in 100 escape",
      experiment: ({ depth }) => leave(depth, 0),
      grid: { depth: [60] },
      expected: { value: 0.94 },
      replicates: { smoke: 64, full: 128 },
    },
  ],
  tiers: {
    smoke: { replicates: 512, grid: { depth: [60] } },
    full: { replicates: 896, grid: { depth: [60] } },
    deep: { replicates: 4096, bound: 0.07, because: "twice what simulation gives" },
  },
});
