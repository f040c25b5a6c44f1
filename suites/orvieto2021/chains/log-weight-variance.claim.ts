import { chainLogProduct } from "../../../benchmarks/chain-log-product.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { cauchy, INITIALISATIONS, linearChain } from "./initialisations.ts";
import { familyOfProduct, logWeight } from "./log-weight.theory.ts";

const DEPTH = 32;

export default defineClaim({
  id: "orvieto2021/chains/log-weight-variance",
  title: "A chain's log signal spreads by Var ln|w| a layer",
  statement: String.raw`$\mathrm{Var} \ln|\prod_l w_l| = L\,\mathrm{Var}\ln|w|$ with $\mathrm{Var}\ln|w| = 1$ for uniform and $\pi^2/8$ for Gaussian weights, whatever their scale.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { lawOfWeights: "weights are uniform or Gaussian" },
  grid: { init: ["xavier-uniform", "xavier-normal"] },
  experiment: ({ init }) => chainLogProduct(linearChain(DEPTH, INITIALISATIONS[init])),
  prediction: {
    says: "equals",
    statistic: "variance",
    of: "logProduct",
    value: ({ init }) => DEPTH * logWeight(INITIALISATIONS[init]).variance,
    within: ({ init }) => 0.1 * DEPTH * logWeight(INITIALISATIONS[init]).variance,
    because: "10 % tells the uniform law from the Gaussian, which differ by 23 %",
    expected: {
      spread: ({ init }) => Math.sqrt(DEPTH * logWeight(INITIALISATIONS[init]).variance),
      family: ({ init }) => familyOfProduct(logWeight(INITIALISATIONS[init]), DEPTH),
    },
  },
  rivals: [
    { value: ({ init }) => DEPTH * (init === "xavier-uniform" ? Math.PI ** 2 / 8 : 1), because: "the other law's" },
  ],
  controls: [
    {
      breaks: "lawOfWeights",
      because: "Cauchy weights have Var ln|w| = pi^2 / 4",
      experiment: () => chainLogProduct(linearChain(DEPTH, cauchy)),
      expected: {
        value: (DEPTH * Math.PI ** 2) / 4,
        spread: Math.sqrt((DEPTH * Math.PI ** 2) / 4),
        // ln of |Cauchy| has the hyperbolic secant law: symmetric, excess kurtosis 2.
        family: { skewness: 0.1, excessKurtosis: 2 / DEPTH },
      },
      replicates: { smoke: 4096, full: 4096 },
    },
  ],
  tiers: {
    smoke: { replicates: 19456 },
    full: { replicates: 19456 },
    deep: {
      replicates: 77824,
      within: ({ init }) => 0.05 * DEPTH * logWeight(INITIALISATIONS[init]).variance,
      because: "5 %, a quarter of what lies between the two laws",
    },
  },
});
