import { chainInverseWeight } from "../../../benchmarks/hessians/chain-inverse-weight.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { type Initialisation, xavierUniform } from "../../../src/lab/networks/network.ts";
import { linearChain } from "../chains/initialisations.ts";
import { probabilityOfSmallWeight } from "./chain-curvature.theory.ts";

const DEPTH = 40;
/** U[-sqrt 3, sqrt 3]. */
const LIMIT = Math.sqrt(3);
/** Levels in units of depth / limit, where P is about 1 / scale. */
const levelOf = (scale: number) => (scale * DEPTH) / LIMIT;
const exact = (scale: number) => probabilityOfSmallWeight(LIMIT, DEPTH, levelOf(scale));
/** Weights of one size: no density at zero. */
const rademacher: Initialisation = { law: "rademacher", gain: 1, fan: "in" };

export default defineClaim({
  id: "orvieto2021/chain-hessians/chain-inverse-weights-have-heavy-tails",
  title: "Curvature of chains has no mean: the largest 1/|w| has a tail of index one",
  statement: String.raw`$\mathbb P(\max_l 1/|w_l| > x) = 1 - (1 - \frac{1}{x\sqrt 3})^L \approx \frac{L}{x \sqrt 3}$: gradient and Hessian, products of the output with $1/w$, have tails without a mean.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { densityAtZero: "weights have a density at zero" },
  grid: { scale: [5, 20, 80] },
  experiment: ({ scale }) => chainInverseWeight(linearChain(DEPTH, xavierUniform), levelOf(scale)),
  prediction: {
    says: "equals",
    statistic: "proportion",
    of: "exceeds",
    value: ({ scale }) => exact(scale),
    within: ({ scale }) => 0.15 * exact(scale),
    because: "15 %, while a fourfold level would cost a square root or a square of four in tails of index 1/2 or 2",
  },
  rivals: [
    {
      value: ({ scale }) => (scale === 5 ? 0 : exact(5) * (5 / scale) ** 2),
      because: "a tail of index two from the first level on, which has a mean",
    },
  ],
  controls: [
    {
      breaks: "densityAtZero",
      because: "weights of one size have inverses of one size",
      experiment: ({ scale }) => chainInverseWeight(linearChain(DEPTH, rademacher), levelOf(scale)),
      grid: { scale: [5] },
      expected: { value: 0 },
      replicates: { smoke: 256, full: 256 },
    },
  ],
  tiers: {
    smoke: { replicates: 4096, grid: { scale: [5] } },
    full: { replicates: ({ scale }) => 3072 * scale },
    deep: { replicates: ({ scale }) => 8192 * scale, within: ({ scale }) => 0.1 * exact(scale), because: "a tenth" },
  },
});
