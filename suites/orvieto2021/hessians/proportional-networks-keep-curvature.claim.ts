import { defineClaim } from "../../../src/claim/claim.ts";
import { NARROW, PROPORTIONAL } from "./digits.ts";
import { classifier } from "./networks.ts";

export default defineClaim({
  id: "orvieto2021/hessians/proportional-networks-keep-curvature",
  title: "On real digits curvature does not vanish where width grows with depth",
  statement: String.raw`Along $d = 2L$ the median of $\ln(-\lambda_{\min})$ of the cross-entropy over a batch of digits does not fall from depth 8 to 16: it grows.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { proportional: "width grows in proportion to depth" },
  grid: { depth: PROPORTIONAL.depths },
  experiment: ({ depth }) => classifier(2 * depth, depth),
  prediction: {
    says: "scales-at-least",
    through: "median",
    of: "logNegative",
    along: { axis: "depth" },
    bound: 0,
    because: "no fall; simulation gives +0.1 a layer, for each layer adds to the Hessian and signals keep their size",
    expected: { value: ({ depth }) => PROPORTIONAL.median(depth), spread: PROPORTIONAL.spread },
  },
  rivals: [{ value: -0.15, because: "the fall at width 8" }],
  controls: [
    {
      breaks: "proportional",
      because: "at width 8 it falls from depth 32 to 64",
      experiment: ({ depth }) => classifier(8, 4 * depth),
      expected: { value: ({ depth }) => NARROW.median(4 * depth), spread: ({ depth }) => NARROW.spread(4 * depth) },
      replicates: { smoke: 48, full: 256 },
    },
  ],
  tiers: {
    smoke: { replicates: 32 },
    full: { replicates: 128 },
    deep: { replicates: 384, bound: 0.03, because: "a third of the simulated growth" },
  },
});
