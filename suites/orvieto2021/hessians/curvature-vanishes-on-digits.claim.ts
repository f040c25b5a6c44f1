import { defineClaim } from "../../../src/claim/claim.ts";
import { NARROW, PROPORTIONAL } from "./digits.ts";
import { classifier } from "./networks.ts";

const WIDTH = 8;

export default defineClaim({
  id: "orvieto2021/hessians/curvature-vanishes-on-digits",
  title: "On real digits the curvature of a narrow network's loss vanishes with depth",
  statement: String.raw`At width 8 the median of $\ln\|\nabla^2 \mathcal L\|$ of the cross-entropy over a batch of digits falls by more than 0.08 a layer from depth 16 to 64 under He's initialisation.`,
  source: { paper: "orvieto2021@v1", at: "abstract", grade: "stated" },
  assumptions: { narrow: "width does not grow with depth" },
  grid: { depth: NARROW.depths },
  experiment: ({ depth }) => classifier(WIDTH, depth),
  prediction: {
    says: "scales-at-most",
    through: "median",
    of: "logNorm",
    along: { axis: "depth" },
    bound: -0.08,
    because: "half of -0.15, the simulated slope; along d = 2L it is positive",
    expected: { value: ({ depth }) => NARROW.median(depth), spread: ({ depth }) => NARROW.spread(depth) },
  },
  rivals: [{ value: 0, because: "no vanishing, as the expectation has it" }],
  controls: [
    {
      breaks: "narrow",
      because: "along d = 2L curvature grows: +0.1 a layer from depth 8 to 16",
      experiment: ({ depth }) => classifier(depth, depth / 2),
      grid: { depth: [16, 32] },
      expected: { value: ({ depth }) => PROPORTIONAL.median(depth / 2), spread: PROPORTIONAL.spread },
      replicates: { smoke: 32, full: 128 },
    },
  ],
  tiers: {
    smoke: { replicates: 48 },
    full: { replicates: 256 },
    deep: { replicates: 1024, bound: -0.1, because: "two thirds of the simulated slope" },
  },
});
