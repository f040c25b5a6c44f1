import { arcCosineOneMinusCosine } from "../../../benchmarks/arc-cosine-recursion.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { collapse } from "./classifiers.ts";

export default defineClaim({
  id: "orvieto2021/digits/wide-networks-collapse-slowly",
  title: "In wide networks different digits collapse as the arc-cosine recursion says",
  statement: String.raw`At $d = 8L$ the typical $1 - \cos$ between the representations of two real digits follows the infinite-width arc-cosine recursion from the pixels' own angle: a polynomial collapse in depth.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { rectified: "the activation is ReLU" },
  grid: { depth: [4, 8, 16, 32] },
  experiment: ({ depth }) => collapse(8 * depth, depth),
  prediction: {
    says: "equals",
    statistic: "median",
    of: "overRecursion",
    value: 0,
    within: 0.5,
    because: "in ln(1 - cos); finite width takes off 0.13 at most (simulation)",
    expected: { value: -0.13, spread: 0.43 },
  },
  rivals: [
    {
      value: ({ depth }) => Math.log(0.6 / arcCosineOneMinusCosine(0.6, depth)),
      because: "no collapse: the pixels' angle, 1 - cos of about 0.6, stays",
    },
  ],
  controls: [
    {
      breaks: "rectified",
      because: "wide linear networks keep angles",
      experiment: ({ depth }) => collapse(8 * depth, depth, "linear"),
      grid: { depth: [8] },
      expected: { value: ({ depth }) => Math.log(0.6 / arcCosineOneMinusCosine(0.6, depth)), spread: 0.25 },
      replicates: { smoke: 256, full: 256 },
    },
  ],
  tiers: {
    smoke: { replicates: 320, grid: { depth: [4, 8] } },
    full: { replicates: 320, grid: { depth: [4, 8, 16] } },
    deep: { replicates: 768, within: 0.4, because: "three times what finite width takes off" },
  },
});
