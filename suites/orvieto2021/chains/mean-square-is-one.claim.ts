import { chainLogProduct } from "../../../benchmarks/chain-log-product.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { INITIALISATIONS, linearChain, stableNormal, stableUniform } from "./initialisations.ts";

const DEPTH = 128;
/** Var w^2: 4/5 for U[-sqrt 3, sqrt 3], 2 for N(0, 1). */
const variance = { "xavier-uniform": 0.8, "xavier-normal": 2 } as const;

/** w^2 of a Gaussian is chi^2_1: skewness 2.83 and excess kurtosis 12 a weight; the mean over layers divides. No scale changes it. */
const FAMILY = { skewness: 2.83 / Math.sqrt(DEPTH), excessKurtosis: 12 / DEPTH } as const;

export default defineClaim({
  id: "orvieto2021/chains/mean-square-is-one",
  title: "In expectation Xavier's chain keeps its energy: E w² = 1 a layer",
  statement: String.raw`Under Xavier's initialisation $\mathbb E\, w^2 = 1$, so $\mathbb E \prod_l w_l^2 = 1$ at every depth: the expectation sees no vanishing.`,
  source: { paper: "orvieto2021@v1", at: "abstract", grade: "stated" },
  assumptions: { xavierScale: "the variance of a weight is 1 / fan" },
  grid: { init: ["xavier-uniform", "xavier-normal"] },
  experiment: ({ init }) => chainLogProduct(linearChain(DEPTH, INITIALISATIONS[init])),
  prediction: {
    says: "equals",
    statistic: "mean",
    of: "meanSquareWeight",
    value: 1,
    within: 0.02,
    because: "tested layer by layer, never on the product, whose sample mean is ruled by the rarest chains",
    expected: {
      spread: ({ init }) => Math.sqrt(variance[init] / DEPTH),
      family: FAMILY,
    },
  },
  rivals: [{ value: 2, because: "He's gain, made for ReLU" }],
  controls: [
    {
      breaks: "xavierScale",
      because: "at the scale that is stable for typical chains E w^2 is 2.46 (uniform) and 3.56 (Gaussian)",
      experiment: ({ init }) =>
        chainLogProduct(linearChain(DEPTH, init === "xavier-uniform" ? stableUniform : stableNormal)),
      expected: {
        value: ({ init }) => (init === "xavier-uniform" ? stableUniform : stableNormal).gain,
        spread: ({ init }) =>
          (init === "xavier-uniform" ? stableUniform : stableNormal).gain * Math.sqrt(variance[init] / DEPTH),
        family: FAMILY,
      },
      replicates: { smoke: 512, full: 512 },
    },
  ],
  tiers: {
    smoke: { replicates: ({ init }) => (init === "xavier-uniform" ? 1536 : 3584) },
    full: { replicates: ({ init }) => (init === "xavier-uniform" ? 1536 : 3584) },
    deep: {
      replicates: ({ init }) => (init === "xavier-uniform" ? 6144 : 14336),
      within: 0.01,
      because: "a hundredth of what He's gain would add",
    },
  },
});
