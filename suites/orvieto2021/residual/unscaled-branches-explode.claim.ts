import { defineClaim } from "../../../src/claim/claim.ts";
import { residualSignals } from "../architecture/networks.ts";
import { linearResidualFactor } from "./residual.theory.ts";

const WIDTH = 8;
const DEPTHS = [16, 64] as const;
const RATE = linearResidualFactor(WIDTH, 1, 1).mean;

export default defineClaim({
  id: "orvieto2021/residual/unscaled-branches-explode",
  title: "Residual branches that are not scaled down make signals explode",
  statement: String.raw`In $h + W h$ with Xavier's weights $\ln\|h_L\|^2$ grows by 0.5935 a layer at width 8, the mean of a noncentral law.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { unscaled: "branches are added as they are" },
  grid: { depth: DEPTHS },
  experiment: ({ depth }) => residualSignals({ width: WIDTH, depth, activation: "linear", scale: "1" }),
  prediction: {
    says: "scales",
    through: "median",
    of: "forwardChange",
    along: { axis: "depth" },
    slope: RATE,
    within: 0.04,
    because: "7 %; a sum of 16 layers' logarithms has its median within 0.1 of its mean",
    expected: { value: ({ depth }) => RATE * depth, spread: ({ depth }) => 0.466 * Math.sqrt(depth) },
  },
  rivals: [
    { value: 0, because: "the growth with branches scaled by 1/sqrt(L)" },
    { value: Math.LN2, because: "the growth of the mean square, as the expectation has it" },
  ],
  controls: [
    {
      breaks: "unscaled",
      because: "scaled by 1/sqrt(L) the factor does not depend on depth",
      experiment: ({ depth }) => residualSignals({ width: WIDTH, depth, activation: "linear", scale: "1/sqrt(L)" }),
      expected: { value: 0.77, spread: 0.7 },
      replicates: { smoke: 64, full: 128 },
    },
  ],
  tiers: {
    smoke: { replicates: 128 },
    full: { replicates: 512 },
    deep: { replicates: 2048, within: 0.02, because: "3 %" },
  },
});
