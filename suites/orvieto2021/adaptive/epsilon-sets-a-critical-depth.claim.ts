import { optimiserEscape } from "../../../benchmarks/optimisers/optimiser-escape.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { xavierUniform } from "../../../src/lab/networks/network.ts";
import { linearChain } from "../chains/initialisations.ts";
import { criticalDepth } from "./chain-escape.theory.ts";
import { adam, HORIZON, rmsprop } from "./optimisers.ts";

const METHODS = { adam, rmsprop } as const;
const depthOf = (epsilon: number) => Math.round(criticalDepth(epsilon, HORIZON));
const leave = (method: keyof typeof METHODS, epsilon: number, used: number) =>
  optimiserEscape(linearChain(depthOf(epsilon), xavierUniform), METHODS[method](used), HORIZON);

export default defineClaim({
  id: "orvieto2021/adaptive/epsilon-sets-a-critical-depth",
  title: "Each epsilon has a depth at which half of the chains are stuck, and theory gives it",
  statement: String.raw`Under Adam and RMSProp half of the Xavier chains are stuck at the depth where gradient flow's median time $e^{0.8 + 0.4507 L} / L^2$ is $8 / \epsilon$: 51 layers at $\epsilon = 10^{-6}$, 62 at $10^{-8}$, 73 at $10^{-10}$.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { epsilon: "a constant that is large against the gradients is added to their size" },
  grid: { method: ["adam", "rmsprop"], epsilon: [1e-6, 1e-8, 1e-10] },
  experiment: ({ method, epsilon }) => leave(method, epsilon, epsilon),
  prediction: {
    says: "equals",
    statistic: "proportion",
    of: "stuck",
    given: "counts",
    value: 0.5,
    within: 0.1,
    because: "a depth off by three changes the share by 0.1",
    expected: { value: 0.5 },
  },
  rivals: [
    { value: 0.95, because: "stuck from ln(1 / epsilon) / 0.4507 layers on, where typical gradients are epsilon" },
  ],
  controls: [
    {
      breaks: "epsilon",
      because: "with epsilon 0 all but one in a hundred leave",
      experiment: ({ method, epsilon }) => leave(method, epsilon, 0),
      grid: { epsilon: [1e-8] },
      expected: { value: 0.02 },
      replicates: { smoke: 64, full: 128 },
    },
  ],
  tiers: {
    smoke: { replicates: 512, grid: { epsilon: [1e-8] } },
    full: { replicates: 1792 },
    deep: { replicates: 8192, within: 0.06, because: "a depth off by two changes the share by 0.06" },
  },
});
