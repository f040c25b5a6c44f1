import { defineClaim } from "../../../src/claim/claim.ts";
import { NARROW } from "../hessians/digits.ts";
import { classifier, residualClassifier } from "../hessians/networks.ts";

const WIDTH = 8;

export default defineClaim({
  id: "orvieto2021/residual/residual-networks-keep-curvature",
  title: "On real digits residual networks keep their curvature at any depth, also narrow ones",
  statement: String.raw`With branches scaled by $1/\sqrt L$ at width 8 the median of $\ln(-\lambda_{\min})$ of the cross-entropy over a batch of digits changes by less than 0.015 a layer from depth 16 to 64.`,
  source: { paper: "orvieto2021@v1", at: "abstract", grade: "stated" },
  assumptions: { skip: "each layer adds to its input" },
  grid: { depth: [16, 32, 64] },
  experiment: ({ depth }) => residualClassifier(WIDTH, depth),
  prediction: {
    says: "scales",
    through: "median",
    of: "logNegative",
    along: { axis: "depth" },
    slope: 0,
    within: 0.015,
    because: "a tenth of what is lost without skips",
    expected: { value: -0.56, spread: 0.35 },
  },
  rivals: [{ value: -0.15, because: "the fall without skips" }],
  controls: [
    {
      breaks: "skip",
      because: "without skips it falls by 0.15 a layer",
      experiment: ({ depth }) => classifier(WIDTH, depth),
      expected: { value: ({ depth }) => NARROW.median(depth), spread: ({ depth }) => NARROW.spread(depth) },
      replicates: { smoke: 48, full: 128 },
    },
  ],
  tiers: {
    smoke: { replicates: 32, grid: { depth: [16, 64] } },
    full: { replicates: 128, grid: { depth: [16, 64] } },
    deep: { replicates: 512, within: 0.01, because: "a fifteenth of what is lost without skips" },
  },
});
