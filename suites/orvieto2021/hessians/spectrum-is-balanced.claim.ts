import { defineClaim } from "../../../src/claim/claim.ts";
import { spectrum } from "./networks.ts";

const WIDTH = 6;

export default defineClaim({
  id: "orvieto2021/hessians/spectrum-is-balanced",
  title: "As many directions bend down as up at the start of a ReLU network",
  statement:
    "In ReLU networks of width 6 the typical living one has as many eigenvalues below minus a thousandth of the Hessian's norm as above it, within 5 % of all.",
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { hiddenLayers: "there are hidden layers" },
  grid: { depth: [4, 8] },
  experiment: ({ depth }) => spectrum(WIDTH, depth),
  prediction: {
    says: "equals",
    statistic: "median",
    of: "negativeLessPositive",
    given: "alive",
    value: 0,
    within: 0.05,
    because:
      "in units of all eigenvalues; 7 % are of either sign: the Hessian without its Gauss-Newton part has no trace",
    expected: { value: 0, spread: 0.012, counts: ({ depth }) => (depth === 4 ? 0.93 : 0.87) },
  },
  rivals: [
    { value: -0.14, because: "a bowl: all that is not flat bends up" },
    { value: 0.14, because: "a hill: all that is not flat bends down" },
  ],
  controls: [
    {
      breaks: "hiddenLayers",
      because: "a linear model's loss is convex: one of its six eigenvalues is positive and none negative",
      experiment: () => spectrum(WIDTH, 1),
      grid: { depth: [4] },
      expected: { value: -1 / 6, spread: 1e-6, counts: 1 },
      replicates: { smoke: 32, full: 48 },
    },
  ],
  tiers: {
    smoke: { replicates: 32, grid: { depth: [4] } },
    full: { replicates: 96 },
    deep: { replicates: 384, within: 0.03, because: "less than half of either sign's share" },
  },
});
