import { defineClaim } from "../../../src/claim/claim.ts";
import { train } from "./arms.ts";

export default defineClaim({
  id: "orvieto2021/training/normalised-descent-leaves-the-deepest-plateau",
  title: "A step of fixed length is enough to leave the plateau of the deepest networks",
  statement: String.raw`Normalised descent, whose step has one length for all weights together, brings more than four in five networks of width 16 and depth 64 below $0.9 \ln 10$ within 200 steps.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { normalised: "the step does not shrink with the gradient" },
  grid: { rate: [0.2, 0.3] },
  experiment: ({ rate }) => train("deepest-normalised", { rate }),
  prediction: {
    says: "at-least",
    statistic: "proportion",
    of: "leaves",
    bound: 0.8,
    because: "all of the tuning networks",
    expected: { value: 0.98 },
  },
  rivals: [{ value: 0.1, because: "what descent reaches in as many steps" }],
  controls: [
    {
      breaks: "normalised",
      because: "in as many steps descent leaves with one network in ten",
      experiment: () => train("deepest-descent", { rate: 0.05, steps: 200 }),
      grid: { rate: [0.3] },
      expected: { value: 0.1 },
      replicates: { smoke: 8, full: 112 },
    },
  ],
  tiers: {
    smoke: { replicates: 8, grid: { rate: [0.3] } },
    full: { replicates: 128, grid: { rate: [0.3] } },
    deep: { replicates: 512, bound: 0.9, because: "all of the tuning networks" },
  },
});
