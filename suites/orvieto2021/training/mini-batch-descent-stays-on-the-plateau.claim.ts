import { defineClaim } from "../../../src/claim/claim.ts";
import { train } from "./arms.ts";

export default defineClaim({
  id: "orvieto2021/training/mini-batch-descent-stays-on-the-plateau",
  title: "With mini-batches too gradient descent hardly ever trains a deep narrow network",
  statement: String.raw`A classifier of width 16 with 24 weight matrices, He-initialised: in 400 steps on mini-batches of 16 of its 64 digits stochastic gradient descent brings the loss of all of them below $0.7 \ln 10$ in fewer than a quarter of the networks, at the two best of seven rates.`,
  source: { paper: "orvieto2021@v1", at: "abstract", grade: "stated" },
  assumptions: {
    descent: "steps are proportional to the gradient",
    deep: "depth is larger than width",
  },
  grid: { rate: [0.05, 0.1] },
  experiment: ({ rate }) => train("mini-batch-descent", { rate }),
  prediction: {
    says: "at-most",
    statistic: "proportion",
    of: "learns",
    bound: 0.25,
    because: "one of the 24 tuning networks at either rate; in each control all do",
    expected: { value: 0.05 },
  },
  rivals: [{ value: 1, because: "the share of shallow networks that learn" }],
  controls: [
    {
      breaks: "descent",
      because: "Adam trains nearly all",
      experiment: () => train("mini-batch-adam"),
      grid: { rate: [0.1] },
      expected: { value: 0.95 },
      replicates: { smoke: 8, full: 64 },
    },
    {
      breaks: "deep",
      because: "with 8 weight matrices descent trains nearly all",
      experiment: () => train("mini-batch-shallow"),
      grid: { rate: [0.1] },
      expected: { value: 0.95 },
      replicates: { smoke: 8, full: 64 },
    },
  ],
  tiers: {
    smoke: { replicates: 16, grid: { rate: [0.1] } },
    full: { replicates: 160 },
    deep: { replicates: 640, bound: 0.15, because: "three times the share expected" },
  },
});
