import { lossScaling } from "../../../benchmarks/optimisers/loss-scaling.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { xavierUniform } from "../../../src/lab/networks/network.ts";
import type { Optimiser } from "../../../src/lab/networks/optimiser.ts";
import { linearChain } from "../chains/initialisations.ts";
import { adagrad, adam, descent, normalised, rmsprop, sign } from "./optimisers.ts";

/** Long enough for a tenth of the horizon: most trajectories pass from the plateau to the oscillation around the target. */
const STEPS = 300;
const METHODS = { sign, normalised, rmsprop: rmsprop(), adam: adam(), adagrad: adagrad() } as const;
const WITH_EPSILON = { rmsprop: rmsprop(1e-8), adam: adam(1e-8), adagrad: adagrad(1e-8) } as const;

/** Ten times the usual rate, but Adagrad's, which is that large. */
const scaled = (depth: number, optimiser: Optimiser, factor: number) =>
  lossScaling(
    linearChain(depth, xavierUniform),
    { ...optimiser, rate: Math.max(0.02, optimiser.rate) },
    { factor, steps: STEPS },
  );

export default defineClaim({
  id: "orvieto2021/adaptive/scale-invariance-is-exact",
  title: "Multiplying the loss by a power of two changes no byte of an adaptive trajectory",
  statement: String.raw`With $\epsilon = 0$ sign descent, normalised descent, RMSProp, Adam and Adagrad take the same steps, byte for byte, when the loss and with it all curvature is multiplied by $2^k$, $k$ from $-200$ to $20$.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: {
    adaptive: "steps are divided by the size of the gradients",
    noEpsilon: "nothing is added to that size",
    powerOfTwo: "the factor is a power of two, so that no product with it is rounded",
  },
  grid: {
    method: ["sign", "normalised", "rmsprop", "adam", "adagrad"],
    exponent: [-200, -40, -10, 20],
    depth: [20, 40, 80],
  },
  experiment: ({ method, exponent, depth }) => scaled(depth, METHODS[method], 2 ** exponent),
  prediction: {
    says: "is-byte-equal",
    of: "differingBytes",
    because: "a product, sum, quotient or root of numbers times powers of two is rounded as those of the numbers are",
  },
  controls: [
    {
      breaks: "adaptive",
      because: "gradient descent's steps are proportional to the factor",
      experiment: ({ exponent, depth }) => scaled(depth, descent, 2 ** exponent),
      grid: { method: ["sign"], exponent: [-10], depth: [20, 40] },
      expected: { value: 1000 },
      replicates: { smoke: 8, full: 64 },
    },
    {
      breaks: "noEpsilon",
      because: "an epsilon of 1e-8 is a scale that gradients are measured against",
      experiment: ({ method, exponent, depth }) =>
        scaled(depth, WITH_EPSILON[method as keyof typeof WITH_EPSILON], 2 ** exponent),
      grid: { method: ["rmsprop", "adam", "adagrad"], exponent: [-10], depth: [40] },
      expected: { value: 1000 },
      replicates: { smoke: 8, full: 64 },
    },
    {
      breaks: "powerOfTwo",
      because: "products with 3 are rounded; signs alone have no scale to lose",
      experiment: ({ method, depth }) => scaled(depth, METHODS[method], 3),
      grid: { method: ["normalised", "rmsprop", "adam", "adagrad"], exponent: [20], depth: [40] },
      expected: { value: 1000 },
      replicates: { smoke: 8, full: 64 },
    },
  ],
  tiers: {
    smoke: { replicates: 8, grid: { exponent: [-200, 20], depth: [40] } },
    full: { replicates: 64, grid: { depth: [20, 40] } },
    deep: { replicates: 256 },
  },
});
