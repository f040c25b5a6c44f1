import { defineClaim } from "../../../src/claim/claim.ts";
import type { Initialisation } from "../../../src/lab/networks/network.ts";
import { HESSIAN_LESS_GRADIENT_POWER } from "./chain-curvature.theory.ts";
import { chainAt, DEPTHS } from "./chains.ts";

/** +-sqrt(1/2): every chain is far below its target, and its gradient's entries are all alike. */
const ONE_SIZE: Initialisation = { law: "rademacher", gain: 0.5, fan: "in" };

export default defineClaim({
  id: "orvieto2021/chain-hessians/chain-hessian-falls-with-the-gradient",
  title: "A chain's curvature vanishes at the gradient's rate, one power of depth behind",
  statement: String.raw`In one and the same chain $\ln\|\nabla^2 \mathcal L\| - \ln\|\nabla \mathcal L\|$ grows like $\ln L$: curvature falls no faster than the gradient.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { densityAtZero: "weights have a density at zero" },
  grid: { depth: DEPTHS },
  experiment: ({ depth }) => chainAt(depth),
  prediction: {
    says: "scales",
    through: "median",
    of: "normLessGradient",
    along: { axis: "depth", as: ({ depth }) => Math.log(depth), named: "ln L" },
    slope: HESSIAN_LESS_GRADIENT_POWER,
    within: 0.15,
    because: "a seventh of a power of depth; simulation gives 0.98 to 1.01",
    expected: { value: ({ depth }) => Math.log(depth), spread: 0.58 },
  },
  rivals: [
    { value: 0, because: "the same power of depth as the gradient" },
    { value: 2, because: "the two powers of depth of the Hessian alone" },
  ],
  controls: [
    {
      breaks: "densityAtZero",
      because: "with weights of one size no entry stands out: L of them give the gradient sqrt(L) and the Hessian L",
      experiment: ({ depth }) => chainAt(depth, ONE_SIZE),
      expected: { value: ({ depth }) => 0.5 * Math.log(depth), spread: 0.05 },
      replicates: { smoke: 64, full: 64 },
    },
  ],
  tiers: {
    smoke: { replicates: 192, grid: { depth: [16, 32, 64] } },
    full: { replicates: 1024 },
    deep: { replicates: 4096, within: 0.08, because: "a twelfth of a power of depth" },
  },
});
