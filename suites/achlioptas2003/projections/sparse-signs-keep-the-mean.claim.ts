import { randomProjection } from "../../../benchmarks/projections/random-projection.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { chiSquaredFamily, keptVariance } from "./projection.theory.ts";

const TO = 16;

export default defineClaim({
  id: "achlioptas2003/projections/sparse-signs-keep-the-mean",
  title: "Two thirds of the entries may be zero: squared lengths are kept on average",
  statement: String.raw`With entries $\sqrt{3/k} \cdot (+1, 0, -1)$ of probabilities $1/6, 2/3, 1/6$, $\mathbb{E} \lVert Px \rVert^2 = \lVert x \rVert^2$.`,
  source: { paper: "achlioptas2003@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { unitVariance: "entries have variance 1 / k" },
  grid: { from: [16, 64] },
  experiment: ({ from }) => randomProjection({ entries: "one-in-3", vector: "flat", to: TO, from }),
  prediction: {
    says: "equals",
    statistic: "mean",
    of: "share",
    value: 1,
    within: 0.05,
    because: "a quarter of what a fifth more variance would do",
    expected: { spread: Math.sqrt(keptVariance(TO)), family: chiSquaredFamily(TO) },
  },
  controls: [
    {
      breaks: "unitVariance",
      because: "a fifth more variance is a fifth more length",
      experiment: ({ from }) => randomProjection({ entries: "one-in-3", vector: "flat", to: TO, from, gain: 1.2 }),
      expected: { value: 1.2, spread: 1.2 * Math.sqrt(keptVariance(TO)), family: chiSquaredFamily(TO) },
      replicates: { smoke: 1024, full: 1024 },
    },
  ],
  tiers: {
    smoke: { replicates: 1024 },
    full: { replicates: 4096 },
    deep: { replicates: 16384, within: 0.025, because: "an eighth of what a fifth more variance would do" },
  },
});
