import { INSIDE_WITHIN, randomProjection } from "../../../benchmarks/projections/random-projection.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { mostOutside } from "./projection.theory.ts";

const TO = 64;

export default defineClaim({
  id: "achlioptas2003/projections/lengths-are-kept-within-a-half",
  title: "Sparse signs keep a squared length within a half, as often as the lemma's bound says",
  statement: String.raw`With entries $\sqrt{3/k} \cdot (+1, 0, -1)$, $(1 - \varepsilon) \lVert x \rVert^2 \le \lVert Px \rVert^2 \le (1 + \varepsilon) \lVert x \rVert^2$ but for a chance of $2 e^{-(k/2)(\varepsilon^2/2 - \varepsilon^3/3)}$; here $k = 64$ and $\varepsilon = 1/2$.`,
  source: { paper: "achlioptas2003@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { oneInThree: "one entry in three is not zero" },
  grid: { vector: ["flat", "basis"] },
  experiment: ({ vector }) => randomProjection({ entries: "one-in-3", vector, to: TO, from: 16 }),
  prediction: {
    says: "at-least",
    statistic: "proportion",
    of: "inside",
    bound: 1 - mostOutside(TO, INSIDE_WITHIN),
    because: "the bound itself, both sides together",
    // of chi-squared with 64 degrees; the sparse signs' own is nearer to 1
    expected: { value: 0.99 },
  },
  controls: [
    {
      breaks: "oneInThree",
      because: "one entry in 64: a single coordinate is kept only where exactly one of 64 is not zero, (63 / 64)^63",
      experiment: ({ vector }) => randomProjection({ entries: "one-in-64", vector, to: TO, from: 16 }),
      grid: { vector: ["basis"] },
      expected: { value: (63 / 64) ** 63 },
      replicates: { smoke: 256, full: 256 },
    },
  ],
  tiers: {
    smoke: { replicates: 256 },
    full: { replicates: 1024 },
    deep: {
      replicates: 4096,
      bound: 0.95,
      because: "the lemma's bound is far from sharp: here it is half of what it allows",
    },
  },
});
