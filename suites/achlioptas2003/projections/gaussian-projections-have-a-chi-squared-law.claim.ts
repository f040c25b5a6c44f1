import { randomProjection } from "../../../benchmarks/projections/random-projection.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { normalDistance } from "./projection.theory.ts";

const TO = 8;

export default defineClaim({
  id: "achlioptas2003/projections/gaussian-projections-have-a-chi-squared-law",
  title: "What a Gaussian projection keeps has a chi-squared law, from any dimension",
  statement: String.raw`For independent normal entries, $k \lVert Px \rVert^2 / \lVert x \rVert^2 \sim \chi^2_k$ exactly: how many dimensions $x$ had does not enter.`,
  source: { paper: "achlioptas2003@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { independentRows: "rows of the matrix are independent" },
  grid: { from: [8, 32] },
  experiment: ({ from }) => randomProjection({ entries: "gaussian", vector: "flat", to: TO, from }),
  prediction: {
    says: "has-law",
    of: "halfChiSquared",
    law: () => ({ name: "gamma", shape: TO / 2, location: 0, sign: 1 }),
    within: 0.05,
    because: "three quarters of the distance of the normal law with the same mean and variance",
  },
  rivals: [{ value: normalDistance(TO / 2), because: "the normal law with the same mean and variance" }],
  controls: [
    {
      breaks: "independentRows",
      because: "eight times the same row leave one degree of freedom",
      experiment: ({ from }) => randomProjection({ entries: "gaussian", vector: "flat", to: TO, from, rows: "equal" }),
      expected: { value: 0.3 },
      replicates: { smoke: 1024, full: 1024 },
    },
  ],
  tiers: {
    smoke: { replicates: 4096 },
    full: { replicates: 16384 },
    deep: { replicates: 65536, within: 0.025, because: "three eighths of the normal law's distance" },
  },
});
