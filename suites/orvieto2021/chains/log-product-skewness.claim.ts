import { chainLogProduct } from "../../../benchmarks/chain-log-product.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { cauchy, INITIALISATIONS, linearChain } from "./initialisations.ts";
import { type LogWeight, logWeight } from "./log-weight.theory.ts";

const DEPTH = 16;
const skewness = ({ third, variance }: LogWeight) => third / (variance ** 1.5 * Math.sqrt(DEPTH));

const WITHIN = 0.15;
/** Laws of the whole region and a little beyond, so that a truth near its edge is judged; kurtosis as a gamma law's, 3/2 skewness^2. */
const familyAround = (largest: number) => ({ skewness: largest, excessKurtosis: 1.5 * largest ** 2 });

export default defineClaim({
  id: "orvieto2021/chains/log-product-skewness",
  title: "At finite depth a chain's log signal is skewed, not yet normal",
  statement: String.raw`The skewness of $\ln|\prod_l w_l|$ is $-2/\sqrt L$ for uniform and $-1.535/\sqrt L$ for Gaussian weights: "log-normal" holds only as $L \to \infty$.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { lawOfWeights: "weights are uniform or Gaussian" },
  grid: { init: ["xavier-uniform", "xavier-normal"] },
  experiment: ({ init }) => chainLogProduct(linearChain(DEPTH, INITIALISATIONS[init])),
  prediction: {
    says: "equals",
    statistic: "skewness",
    of: "logProduct",
    value: ({ init }) => skewness(logWeight(INITIALISATIONS[init])),
    within: WITHIN,
    because: "less than half of the smaller skewness, so that 0, the log-normal law, is far outside",
    expected: {
      spread: ({ init }) => Math.sqrt(DEPTH * logWeight(INITIALISATIONS[init]).variance),
      family: ({ init }) => familyAround(Math.abs(skewness(logWeight(INITIALISATIONS[init]))) + WITHIN),
    },
  },
  rivals: [{ value: 0, because: "the log-normal limit" }],
  controls: [
    {
      breaks: "lawOfWeights",
      because: "the logarithm of Cauchy weights is symmetric",
      experiment: () => chainLogProduct(linearChain(DEPTH, cauchy)),
      expected: {
        value: 0,
        spread: Math.sqrt((DEPTH * Math.PI ** 2) / 4),
        family: familyAround(0.5),
      },
      replicates: { smoke: 32768, full: 32768 },
    },
  ],
  tiers: {
    smoke: { replicates: 49152 },
    full: { replicates: ({ init }) => (init === "xavier-uniform" ? 97280 : 72704) },
    deep: {
      replicates: ({ init }) => (init === "xavier-uniform" ? 360448 : 267264),
      within: 0.075,
      because: "a fifth of the smaller skewness",
    },
  },
});
