import { chainLogProduct } from "../../../benchmarks/chain-log-product.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { INITIALISATIONS, linearChain, stableNormal, stableUniform } from "./initialisations.ts";
import { familyOfProduct, logWeight } from "./log-weight.theory.ts";

const DEPTH = 128;

/** Networks a cell at the full tier. */
const REPLICATES = {
  "xavier-uniform": 1536,
  "xavier-normal": 1024,
  "he-uniform": 24576,
  "he-normal": 4608,
  "torch-uniform": 512,
} as const;

export default defineClaim({
  id: "orvieto2021/chains/vanishing-rate",
  title: "A chain's signal vanishes at the rate E ln|w|, Xavier and He alike",
  statement: String.raw`In a neural chain of width 1, $\frac1L \ln|\prod_l w_l|$ is $\mathbb E \ln|w| < 0$ under Xavier's and He's initialisation: the signal, and with it the gradient, vanishes exponentially in depth.`,
  source: { paper: "orvieto2021@v1", at: "abstract", grade: "stated" },
  assumptions: {
    standardScale: "weights have the variance of Xavier or He (or PyTorch's default)",
  },
  grid: { init: ["xavier-uniform", "xavier-normal", "he-uniform", "he-normal", "torch-uniform"] },
  experiment: ({ init }) => chainLogProduct(linearChain(DEPTH, INITIALISATIONS[init])),
  prediction: {
    says: "equals",
    statistic: "mean",
    of: "meanLogWeight",
    value: ({ init }) => logWeight(INITIALISATIONS[init]).mean,
    within: ({ init }) => 0.05 * Math.abs(logWeight(INITIALISATIONS[init]).mean),
    because:
      "5 % of the rate tells each initialisation from every other and from 0; the rate itself is exact at every depth",
    expected: {
      spread: ({ init }) => Math.sqrt(logWeight(INITIALISATIONS[init]).variance / DEPTH),
      family: ({ init }) => familyOfProduct(logWeight(INITIALISATIONS[init]), DEPTH),
    },
  },
  rivals: [{ value: 0, because: "what E w^2 = 1 (Xavier) suggests: no vanishing" }],
  controls: [
    {
      breaks: "standardScale",
      because: "at the scale where E ln|w| = 0 a typical product neither vanishes nor explodes",
      experiment: ({ init }) =>
        chainLogProduct(linearChain(DEPTH, init.endsWith("normal") ? stableNormal : stableUniform)),
      grid: { init: ["xavier-uniform", "xavier-normal"] },
      expected: {
        value: 0,
        spread: ({ init }) => Math.sqrt(logWeight(INITIALISATIONS[init]).variance / DEPTH),
        // The scale shifts ln|w| and changes nothing else of its law.
        family: ({ init }) => familyOfProduct(logWeight(INITIALISATIONS[init]), DEPTH),
      },
      replicates: { smoke: 1024, full: 1024 },
    },
  ],
  tiers: {
    smoke: {
      replicates: ({ init }) => REPLICATES[init],
    },
    full: {
      replicates: ({ init }) => REPLICATES[init],
    },
    deep: {
      replicates: ({ init }) => 7 * REPLICATES[init],
      within: ({ init }) => 0.02 * Math.abs(logWeight(INITIALISATIONS[init]).mean),
      because: "2 %: the rate is exact at every depth, so that nothing but chance has to fit in",
    },
  },
});
