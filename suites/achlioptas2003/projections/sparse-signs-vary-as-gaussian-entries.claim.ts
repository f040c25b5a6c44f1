import { randomProjection } from "../../../benchmarks/projections/random-projection.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { chiSquaredFamily, keptVariance } from "./projection.theory.ts";

const TO = 16;

export default defineClaim({
  id: "achlioptas2003/projections/sparse-signs-vary-as-gaussian-entries",
  title: "Sparse signs vary as Gaussian entries do, even on a single coordinate",
  statement: String.raw`For entries $\sqrt{3/k} \cdot (+1, 0, -1)$ of probabilities $1/6, 2/3, 1/6$, $\mathrm{Var} \lVert Px \rVert^2 = 2/k$ for every unit vector $x$, as for normal entries: the fourth moment is the same.`,
  source: { paper: "achlioptas2003@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { oneInThree: "one entry in three is not zero" },
  grid: { vector: ["flat", "basis"] },
  experiment: ({ vector }) => randomProjection({ entries: "one-in-3", vector, to: TO, from: 16 }),
  prediction: {
    says: "equals",
    statistic: "variance",
    of: "share",
    value: keptVariance(TO),
    within: 0.25 * keptVariance(TO),
    because: "a quarter of the variance: far from none, and from that of sparser entries",
    expected: { spread: Math.sqrt(keptVariance(TO)), family: chiSquaredFamily(TO) },
  },
  rivals: [{ value: 0, because: "signs without zeros keep a single coordinate exactly" }],
  controls: [
    {
      breaks: "oneInThree",
      because: "one entry in 64 on a single coordinate: 64^2 (1 / 64)(63 / 64) / k",
      experiment: ({ vector }) => randomProjection({ entries: "one-in-64", vector, to: TO, from: 16 }),
      grid: { vector: ["basis"] },
      // 64 / 16 times a binomial of 16 and p = 1/64: skewness (1 - 2p) / sqrt(16 p q), excess kurtosis (1 - 6 p q) / (16 p q)
      expected: { value: 63 / 16, spread: Math.sqrt(63 / 16), family: { skewness: 1.96, excessKurtosis: 3.7 } },
      replicates: { smoke: 2048, full: 2048 },
    },
  ],
  tiers: {
    smoke: { replicates: 2048 },
    full: { replicates: 8192 },
    deep: { replicates: 32768, within: 0.15 * keptVariance(TO), because: "three twentieths of the variance" },
  },
});
