import { defineClaim } from "../../../src/claim/claim.ts";
import { train } from "./arms.ts";

export default defineClaim({
  id: "orvieto2021/training/descent-stays-on-the-plateau",
  title: "On real digits gradient descent hardly ever trains a deep narrow network",
  statement: String.raw`A classifier of width 16 with 24 weight matrices, He-initialised: in 200 full-batch steps on 64 digits gradient descent brings the loss below $0.7 \ln 10$ in fewer than a quarter of the networks, at the two best of seven rates.`,
  source: { paper: "orvieto2021@v1", at: "abstract", grade: "stated" },
  assumptions: {
    descent: "steps are proportional to the gradient",
    deep: "depth is larger than width",
    plain: "no residual branches and no normalisation",
  },
  grid: { rate: [0.05, 0.1] },
  experiment: ({ rate }) => train("descent", { rate }),
  prediction: {
    says: "at-most",
    statistic: "proportion",
    of: "learns",
    bound: 0.25,
    because: "about one network in twenty learns by simulation, at either rate; in each control nearly all do",
    expected: { value: 0.05 },
  },
  rivals: [{ value: 1, because: "the share of shallow networks that learn" }],
  controls: [
    {
      breaks: "descent",
      because: "Adam trains nearly all",
      experiment: () => train("adam"),
      grid: { rate: [0.1] },
      expected: { value: 0.98 },
      replicates: { smoke: 8, full: 64 },
    },
    {
      breaks: "deep",
      because: "with 8 weight matrices descent trains all",
      experiment: () => train("shallow"),
      grid: { rate: [0.1] },
      expected: { value: 0.99 },
      replicates: { smoke: 8, full: 64 },
    },
    {
      breaks: "plain",
      because: "residual branches scaled by the root of depth keep gradients, and descent trains all",
      experiment: () => train("residual"),
      grid: { rate: [0.1] },
      expected: { value: 0.99 },
      replicates: { smoke: 8, full: 64 },
    },
    {
      breaks: "deep",
      because: "at width 96, four times depth, descent trains nearly all",
      experiment: () => train("wide"),
      grid: { rate: [0.1] },
      expected: { value: 0.97 },
      replicates: { deep: 32 },
    },
  ],
  tiers: {
    smoke: { replicates: 16, grid: { rate: [0.1] } },
    full: { replicates: 160 },
    deep: { replicates: 512, bound: 0.15, because: "three times the simulated share" },
  },
});
