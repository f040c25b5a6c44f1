import { defineClaim } from "../../../src/claim/claim.ts";
import { train } from "./arms.ts";

export default defineClaim({
  id: "orvieto2021/training/shallow-networks-learn-by-descent",
  title: "With 8 layers in place of 24 descent trains nearly every network of the same width",
  statement: String.raw`At width 16 and depth 8 gradient descent brings the loss below $0.7 \ln 10$ within 200 steps in more than three of four networks: depth, not width alone, holds it up.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { shallow: "depth is smaller than width" },
  grid: { rate: [0.3, 0.6] },
  experiment: ({ rate }) => train("shallow", { rate }),
  prediction: {
    says: "at-least",
    statistic: "proportion",
    of: "learns",
    bound: 0.75,
    because: "all 24 of the tuning networks",
    expected: { value: 0.98 },
  },
  rivals: [{ value: 0.05, because: "the share at depth 24" }],
  controls: [
    {
      breaks: "shallow",
      because: "at depth 24 one in twenty learns",
      experiment: () => train("descent"),
      grid: { rate: [0.3] },
      expected: { value: 0.06 },
      replicates: { smoke: 8, full: 64 },
    },
  ],
  tiers: {
    smoke: { replicates: 8, grid: { rate: [0.3] } },
    full: { replicates: 96, grid: { rate: [0.3] } },
    deep: { replicates: ({ rate }) => (rate === 0.3 ? 384 : 640) },
  },
});
