import { defineClaim } from "../../../src/claim/claim.ts";
import { linearSpectrum, spectrum } from "./networks.ts";

const WIDTH = 6;

export default defineClaim({
  id: "orvieto2021/hessians/most-directions-are-flat",
  title: "Most directions at the start of a narrow ReLU network are flat",
  statement:
    "In ReLU networks of width 6 the typical living one has at least 75 % of the Hessian's eigenvalues within a thousandth of its norm of 0, for one example.",
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { rectified: "the activation is ReLU" },
  grid: { depth: [4, 8] },
  experiment: ({ depth }) => spectrum(WIDTH, depth),
  prediction: {
    says: "at-least",
    statistic: "median",
    of: "flatShare",
    given: "alive",
    bound: 0.75,
    because: "0.86 is simulated: what reaches no active unit, or is not along the signal, has no curvature",
    expected: { value: 0.86, spread: 0.04, counts: ({ depth }) => (depth === 4 ? 0.93 : 0.87) },
  },
  rivals: [{ value: 0.57, because: "the share in linear networks of width 4" }],
  controls: [
    {
      breaks: "rectified",
      because: "in linear networks every weight has a part in the output: 0.57 at width 4",
      experiment: ({ depth }) => linearSpectrum(4, depth),
      expected: { value: 0.57, spread: 0.015, counts: 1 },
      replicates: { smoke: 32, full: 48 },
    },
  ],
  tiers: {
    smoke: { replicates: 32, grid: { depth: [4] } },
    full: { replicates: 96 },
    deep: { replicates: 384, bound: 0.8, because: "four in five" },
  },
});
