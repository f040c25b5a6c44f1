import { descentSharpness } from "../../../benchmarks/relatives/descent-sharpness.ts";
import { defineClaim } from "../../../src/claim/claim.ts";

/** One weight of 4 and three of 0.2, each with noise of 0.05: gradient flow ends at a sharpness of 7.6 to 7.8. */
const ending = (limit: number) => descentSharpness({ start: [4, 0.2, 0.2, 0.2], noise: 0.05, limit, steps: 20_000 });

export default defineClaim({
  id: "orvieto2021/relatives/descent-ends-at-the-edge-of-stability",
  title: "Where the flow would end too sharp, gradient descent ends at the edge of stability",
  statement: String.raw`On a chain of four weights whose gradient flow ends at a sharpness of 7.7 gradient descent with $2/\eta$ of 5.5, 6 or 7 ends with sharpness $2/\eta$, from below, to a hundredth.`,
  source: { paper: "cohen2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { largeRate: "2 / rate is below the sharpness at which gradient flow ends" },
  grid: { limit: [5.5, 6, 7] },
  experiment: ({ limit }) => ending(limit),
  prediction: {
    says: "equals",
    statistic: "median",
    of: "overLimit",
    given: "arrived",
    value: 0.995,
    within: 0.006,
    because: "from 0.989 to 1.001: at the edge, from below; simulation gives 0.998 to 0.9993",
    expected: { value: 0.9988, spread: 0.0004, counts: 0.9 },
  },
  rivals: [{ value: ({ limit }) => 7.7 / limit, because: "the sharpness at which gradient flow ends" }],
  controls: [
    {
      breaks: "largeRate",
      because: "with 2 / rate of 12 descent ends where the flow does, at 0.64 of the limit",
      experiment: () => ending(12),
      grid: { limit: [6] },
      expected: { value: 0.64, spread: 0.005, counts: 0.9 },
      replicates: { smoke: 24, full: 32 },
    },
  ],
  tiers: {
    smoke: { replicates: 32, grid: { limit: [6] } },
    full: { replicates: 40 },
    deep: {
      replicates: 128,
      within: ({ limit }) => (limit === 5.5 ? 0.0059 : 0.0055),
      because: "from 0.9895 up",
    },
  },
});
