import { bottleneckEscape } from "../../../benchmarks/relatives/bottleneck-escape.ts";
import { defineClaim } from "../../../src/claim/claim.ts";

export default defineClaim({
  id: "orvieto2021/relatives/bottlenecks-slow-the-escape",
  title: "With r bottleneck layers of size ε a chain escapes in a time of order ε^-(r-2)",
  statement: String.raw`Of a chain of 8 weights let $r$ be $\varepsilon$ and the others near 1: the time to leave the plateau by gradient flow grows as $\varepsilon^{-(r-2)}$.`,
  source: { paper: "rawal2026@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { bottlenecks: "the number of bottlenecks is r" },
  grid: { bottlenecks: [3, 4, 5] },
  experiment: ({ bottlenecks }) => bottleneckEscape({ depth: 8, bottlenecks, size: 0.005 }),
  prediction: {
    says: "equals",
    statistic: "median",
    of: "exponent",
    value: ({ bottlenecks }) => bottlenecks - 2,
    within: 0.05,
    because:
      "a twentieth of a power; at this size simulation is off by 0.011 for three bottlenecks, 0.001 and less for more",
    expected: {
      value: ({ bottlenecks }) => bottlenecks - 2 + (bottlenecks === 3 ? 0.011 : 0.001),
      spread: 0.003,
    },
  },
  rivals: [
    { value: ({ bottlenecks }) => bottlenecks, because: "the order of the product itself" },
    { value: ({ bottlenecks }) => bottlenecks - 1, because: "the order of the gradient at the start" },
  ],
  controls: [
    {
      breaks: "bottlenecks",
      because: "one bottleneck more slows by a power more",
      experiment: ({ bottlenecks }) => bottleneckEscape({ depth: 8, bottlenecks: bottlenecks + 1, size: 0.005 }),
      expected: { value: ({ bottlenecks }) => bottlenecks - 1, spread: 0.003 },
      replicates: { smoke: 24, full: 32 },
    },
  ],
  tiers: {
    smoke: { replicates: 24 },
    full: { replicates: 64 },
    deep: { replicates: 256, within: 0.02, because: "twice what this size leaves" },
  },
});
