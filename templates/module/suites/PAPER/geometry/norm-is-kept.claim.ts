import { defineClaim, exp } from "plateau";
import { randomProjection } from "../../../benchmarks/random-projection.ts";

export default defineClaim({
  id: "PAPER/geometry/norm-is-kept", // its path under suites/
  title: "A random projection keeps norms",
  statement: String.raw`A Gaussian matrix takes a unit vector to $k$ dimensions so that $|\|Ax\|^2 - 1| \le \frac12$ with probability at least $1 - 2 e^{-k/24}$.`,
  source: { paper: "PAPER@v1", at: "the example of plateau init", grade: "derived" },
  assumptions: { scale: "entries have variance 1 / k" },
  grid: { dimensions: [64, 96] },
  experiment: ({ dimensions }) => randomProjection(dimensions),
  prediction: {
    says: "at-least",
    statistic: "proportion",
    of: "preserved",
    bound: ({ dimensions }) => 1 - 2 * exp(-dimensions / 24),
    because: "Chernoff's bound on a chi-square law at one half: (1/8 - 1/24) k / 2 = k / 24",
    // the exact law, for planning: it never enters a verdict
    expected: { value: ({ dimensions }) => (dimensions === 64 ? 0.9937 : 0.9987) },
  },
  controls: [
    {
      breaks: "scale",
      because: "entries of variance 3 / k make norms three times as long",
      experiment: ({ dimensions }) => randomProjection(dimensions, 3),
      expected: { value: 0.001 },
      replicates: { smoke: 100, full: 100 },
    },
  ],
  tiers: { smoke: { replicates: 256 }, full: { replicates: 512 } },
});
