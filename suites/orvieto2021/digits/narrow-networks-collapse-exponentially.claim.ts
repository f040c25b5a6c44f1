import { defineClaim } from "../../../src/claim/claim.ts";
import { collapse } from "./classifiers.ts";

export default defineClaim({
  id: "orvieto2021/digits/narrow-networks-collapse-exponentially",
  title: "In narrow networks different digits collapse to one direction exponentially in depth",
  statement: String.raw`At width 16 the median over networks of $\ln(1 - \cos)$ between two real digits falls by more than 0.12 a layer: deep narrow networks see all inputs alike.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { narrow: "width does not grow with depth" },
  grid: { depth: [16, 32, 64] },
  experiment: ({ depth }) => collapse(16, depth),
  prediction: {
    says: "scales-at-most",
    through: "median",
    of: "logOneMinusCosine",
    along: { axis: "depth" },
    bound: -0.12,
    because:
      "half-way between -0.17, simulated at width 16, and -0.07, simulated at d = 4L from 16 to 32, where the collapse is polynomial; exact collapse is the lowest rank",
    expected: {
      value: ({ depth }) => -1.85 - 0.172 * depth,
      spread: ({ depth }) => 0.45 * Math.sqrt(depth),
    },
  },
  rivals: [{ value: 0, because: "no collapse with depth" }],
  controls: [
    {
      breaks: "narrow",
      because: "along d = 4L the collapse is polynomial in depth",
      experiment: ({ depth }) => collapse(4 * depth, depth),
      grid: { depth: [16, 32] },
      expected: { value: ({ depth }) => -1.85 - 0.0746 * depth, spread: 0.7 },
      replicates: { smoke: 32, full: 384 },
    },
  ],
  tiers: {
    smoke: { replicates: 96 },
    full: { replicates: 512 },
    deep: { replicates: 1536, bound: -0.14, because: "twice the rate at d = 4L; simulation gives -0.17" },
  },
});
