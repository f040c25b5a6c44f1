import { chainLogProduct } from "../../../benchmarks/chain-log-product.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { xavierNormal, xavierUniform } from "../../../src/lab/networks/network.ts";
import { INITIALISATIONS, linearChain } from "./initialisations.ts";
import { familyOfProduct, logWeight } from "./log-weight.theory.ts";

const DEPTH = 128;

export default defineClaim({
  id: "orvieto2021/chains/stable-scale",
  title: "At E ln|w| = 0 a chain's typical signal neither vanishes nor explodes",
  statement: String.raw`With $w \sim U[-e, e]$ or $w \sim \mathcal N(0, 2 e^{\gamma})$, $\mathbb E \ln |w| = 0$ and a typical chain keeps its signal at every depth.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { stableScale: "the scale of the weights makes E ln|w| zero" },
  grid: { init: ["stable-uniform", "stable-normal"] },
  experiment: ({ init }) => chainLogProduct(linearChain(DEPTH, INITIALISATIONS[init])),
  prediction: {
    says: "equals",
    statistic: "mean",
    of: "meanLogWeight",
    value: 0,
    within: 0.01,
    because: "a tenth of the slowest standard rate (He uniform, -0.104 a layer)",
    expected: {
      spread: ({ init }) => Math.sqrt(logWeight(INITIALISATIONS[init]).variance / DEPTH),
      family: ({ init }) => familyOfProduct(logWeight(INITIALISATIONS[init]), DEPTH),
    },
  },
  rivals: [
    {
      value: logWeight(INITIALISATIONS["he-uniform"]).mean,
      because: "the rate of the nearest standard initialisation",
    },
  ],
  controls: [
    {
      breaks: "stableScale",
      because: "Xavier's scale has E ln|w| = -0.45 (uniform) and -0.64 (Gaussian)",
      experiment: ({ init }) =>
        chainLogProduct(linearChain(DEPTH, init === "stable-uniform" ? xavierUniform : xavierNormal)),
      expected: {
        value: ({ init }) => logWeight(init === "stable-uniform" ? xavierUniform : xavierNormal).mean,
        family: ({ init }) => familyOfProduct(logWeight(INITIALISATIONS[init]), DEPTH),
      },
      replicates: { smoke: 1024, full: 1024 },
    },
  ],
  tiers: {
    smoke: { replicates: 7168 },
    full: { replicates: 8192 },
    deep: { replicates: 30720, within: 0.005, because: "a twentieth of the slowest standard rate" },
  },
});
