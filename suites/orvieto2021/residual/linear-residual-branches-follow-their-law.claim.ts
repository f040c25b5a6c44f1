import { defineClaim } from "../../../src/claim/claim.ts";
import { plainSignals, residualSignals } from "../architecture/networks.ts";
import { linearResidualFactor } from "./residual.theory.ts";

const WIDTH = 8;
const exact = (depth: number) => linearResidualFactor(WIDTH, 1 / Math.sqrt(depth), depth);

export default defineClaim({
  id: "orvieto2021/residual/linear-residual-branches-follow-their-law",
  title: "Branches scaled by 1/√L change a signal by a factor that does not depend on depth",
  statement: String.raw`In $h + \frac{1}{\sqrt L} W h$ with Xavier's weights $\ln\|h_L\|^2/\|h_0\|^2$ has at every depth the mean of a noncentral $\chi^2$ law, 0.75 at width 8.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { skip: "each layer adds to its input" },
  grid: { depth: [16, 64, 256] },
  experiment: ({ depth }) => residualSignals({ width: WIDTH, depth, activation: "linear", scale: "1/sqrt(L)" }),
  prediction: {
    says: "equals",
    statistic: "median",
    of: "forwardChange",
    value: ({ depth }) => exact(depth).mean,
    within: 0.2,
    because: "a quarter of the value; the law is nearly symmetric: its median is 0.03 above the mean",
    expected: {
      value: ({ depth }) => exact(depth).mean + 0.03,
      spread: ({ depth }) => Math.sqrt(exact(depth).variance),
    },
  },
  rivals: [
    { value: 0, because: "branches of 1/sqrt(L) that change nothing" },
    { value: ({ depth }) => 0.5935 * depth, because: "unscaled branches' growth" },
  ],
  controls: [
    {
      breaks: "skip",
      because: "without skips a linear network loses 0.13 a layer",
      experiment: ({ depth }) => plainSignals({ width: WIDTH, depth, activation: "linear" }),
      grid: { depth: [64] },
      expected: { value: -8.3, spread: 4.3 },
      replicates: { smoke: 64, full: 128 },
    },
  ],
  tiers: {
    smoke: { replicates: 256, grid: { depth: [16] } },
    full: { replicates: 2304, grid: { depth: [16, 64] } },
    deep: { replicates: 6144, within: 0.12, because: "a sixth of the value" },
  },
});
