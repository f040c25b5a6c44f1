import { optimiserEscape } from "../../../benchmarks/optimisers/optimiser-escape.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { xavierUniform } from "../../../src/lab/networks/network.ts";
import { linearChain } from "../chains/initialisations.ts";
import { adam, HORIZON, rmsprop } from "./optimisers.ts";

const METHODS = { adam, rmsprop } as const;
const leave = (method: keyof typeof METHODS, depth: number, epsilon: number) =>
  optimiserEscape(linearChain(depth, xavierUniform), METHODS[method](epsilon), HORIZON);

export default defineClaim({
  id: "orvieto2021/adaptive/epsilon-freezes-deep-chains",
  title: "The usual epsilon of 1e-8 holds Adam and RMSProp on a deep chain's plateau",
  statement: String.raw`At depth 120 nine of ten Xavier chains stay on the plateau under Adam and RMSProp with $\epsilon = 10^{-8}$ for 4,000 steps of 0.002; with $\epsilon = 0$ nearly all leave it.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { epsilon: "a constant that is large against the gradients is added to their size" },
  grid: { method: ["adam", "rmsprop"], depth: [120, 160] },
  experiment: ({ method, depth }) => leave(method, depth, 1e-8),
  prediction: {
    says: "at-least",
    statistic: "proportion",
    of: "stuck",
    given: "counts",
    bound: 0.9,
    because: "0.995 by simulation: gradients are typically e^-45 = 1e-20 there",
    expected: { value: 0.993 },
  },
  rivals: [{ value: 0.05, because: "adaptive methods leave every plateau" }],
  controls: [
    {
      breaks: "epsilon",
      because: "with epsilon 0 all but one or two in a hundred leave",
      experiment: ({ method, depth }) => leave(method, depth, 0),
      grid: { depth: [120] },
      expected: { value: 0.03 },
      replicates: { smoke: 64, full: 128 },
    },
  ],
  tiers: {
    smoke: { replicates: 256, grid: { depth: [120] } },
    full: { replicates: 320, grid: { depth: [120] } },
    deep: {
      replicates: 2048,
      bound: 0.97,
      because: "half-way to 1 from 0.94, in the middle of what half the depth gives",
    },
  },
});
