import { defineClaim } from "../../../src/claim/claim.ts";
import { train } from "./arms.ts";

export default defineClaim({
  id: "orvieto2021/training/leaving-the-plateau-is-not-learning",
  title: "At depth 64 normalised descent leaves the plateau, and few networks learn",
  statement: String.raw`Normalised descent brings nearly all networks of width 16 and depth 64 below $0.9 \ln 10$, but fewer than four in ten of them below $0.7 \ln 10$ within 200 steps at the best of five rates: a network that sees all pictures alike leaves the plateau without telling them apart.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: {
    collapsed: "the network is four times as deep as wide, so that all pictures are nearly one direction",
  },
  grid: { rate: [0.2, 0.3] },
  experiment: ({ rate }) => train("deepest-normalised", { rate }),
  prediction: {
    says: "at-most",
    statistic: "proportion",
    of: "learns",
    given: "leaves",
    bound: 0.4,
    because: "0.12 on the tuning networks; all residual networks of that depth learn",
    expected: { value: 0.13 },
  },
  rivals: [{ value: 1, because: "to leave is to learn" }],
  controls: [
    {
      breaks: "collapsed",
      because: "residual networks of that depth keep pictures apart, and all learn",
      experiment: () => train("deepest-residual"),
      grid: { rate: [0.3] },
      expected: { value: 0.99 },
      replicates: { smoke: 4, full: 48 },
    },
  ],
  tiers: {
    smoke: { replicates: 8, grid: { rate: [0.3] } },
    full: { replicates: 144, grid: { rate: [0.3] } },
    deep: { replicates: 512, bound: 0.3, because: "more than twice what the tuning networks had" },
  },
});
