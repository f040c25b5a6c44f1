import { defineClaim } from "../../../src/claim/claim.ts";
import { familyOfSum, logRatio } from "./log-norm.theory.ts";
import { reluNetwork } from "./networks.ts";

const WIDTH = 16;
const ratio = logRatio(WIDTH, "relu");

export default defineClaim({
  id: "orvieto2021/width/fixed-width-vanishes",
  title: "At fixed width the log norm falls in proportion to depth",
  statement: String.raw`At width 16, $\mathbb E \ln\|h_L\|^2 = m(16)\,L$ with $m(16) = -0.176$: exponential vanishing in depth under He's initialisation.`,
  source: { paper: "orvieto2021@v1", at: "abstract", grade: "stated" },
  assumptions: { fixedWidth: "width does not grow with depth" },
  grid: { depth: [16, 32, 64, 128] },
  experiment: ({ depth }) => reluNetwork(WIDTH, depth),
  prediction: {
    says: "scales",
    through: "mean",
    of: "logNormSquared",
    given: "alive",
    along: { axis: "depth" },
    slope: ratio.mean,
    within: 0.05 * Math.abs(ratio.mean),
    because: "5 % of a rate that is exact at every depth",
    expected: {
      value: ({ depth }) => depth * ratio.mean,
      spread: ({ depth }) => Math.sqrt(depth * ratio.variance),
      family: ({ depth }) => familyOfSum(ratio, depth),
      deviation: {
        atMost: ({ depth }) => Math.sqrt(depth * ratio.variance),
        because: "layers' log ratios are independent and their variance is as exact as their mean",
      },
    },
  },
  rivals: [{ value: 0, because: "no dependence on depth" }],
  controls: [
    {
      breaks: "fixedWidth",
      because: "along d = 2L the mean stays at about -1.3",
      experiment: ({ depth }) => reluNetwork(2 * depth, depth),
      grid: { depth: [16, 32] },
      expected: {
        value: ({ depth }) => depth * logRatio(2 * depth, "relu").mean,
        spread: ({ depth }) => Math.sqrt(depth * logRatio(2 * depth, "relu").variance),
        family: ({ depth }) => familyOfSum(logRatio(2 * depth, "relu"), depth),
      },
      replicates: { smoke: 256, full: 1024 },
    },
  ],
  tiers: {
    smoke: { replicates: 512, grid: { depth: [16, 32, 64] } },
    full: { replicates: 15360, grid: { depth: [16, 32, 64] } },
    deep: {
      replicates: 32768,
      within: 0.025 * Math.abs(ratio.mean),
      because: "2.5 % of a rate that is exact at every depth",
    },
  },
});
