import { defineClaim } from "../../../src/claim/claim.ts";
import { sigmoids, tanhs } from "./networks.ts";

const AFTER = { hidden: 4, batch: 32, steps: 60 } as const;

export default defineClaim({
  id: "glorot2010/saturation/top-sigmoid-layer-saturates",
  title: "Training drives the top hidden layer of sigmoids into saturation",
  statement: String.raw`After 60 steps of descent on real digits the top of four hidden layers of sigmoids has lost more than half of its slope, $\overline{4 h (1 - h)} \le 1/2$, in the median network.`,
  source: { paper: "glorot2010@v1", at: "abstract", grade: "stated" },
  assumptions: { offCentre: "the activation's mean value is not 0" },
  grid: { initialisation: ["standard", "normalised"] },
  experiment: ({ initialisation }) => sigmoids({ ...AFTER, initialisation }),
  prediction: {
    says: "at-most",
    statistic: "median",
    of: "topSlope",
    bound: 0.5,
    because: "half of the slope in the middle, from which all units begin at a distance of less than a tenth",
    expected: { value: ({ initialisation }) => (initialisation === "standard" ? 0.22 : 0.12), spread: 0.15 },
  },
  rivals: [{ value: 0.93, because: "units that stay where they begin" }],
  controls: [
    {
      breaks: "offCentre",
      because: "tanh is the same curve about 0: what the softmax learns first does not push its units to one end",
      experiment: ({ initialisation }) => tanhs({ ...AFTER, initialisation }),
      expected: { value: 0.9, spread: 0.1 },
      replicates: { smoke: 16, full: 48 },
    },
  ],
  tiers: {
    smoke: { replicates: 16, grid: { initialisation: ["standard"] } },
    full: { replicates: 96 },
    deep: { replicates: 512, bound: 0.35, because: "half as much again as the pilot's" },
  },
});
