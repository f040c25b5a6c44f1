import { defineClaim } from "../../../src/claim/claim.ts";
import { sigmoids, tanhs } from "./networks.ts";

const AFTER = { hidden: 4, batch: 32, steps: 60 } as const;

export default defineClaim({
  id: "glorot2010/saturation/lower-sigmoid-layers-stay-in-the-middle",
  title: "Saturation is the top layer's: lower sigmoid layers keep their slope",
  statement: String.raw`After the same 60 steps the second hidden layer's slope $\overline{4 h (1 - h)}$ is above the top one's by more than $0.4$ in the median network.`,
  source: { paper: "glorot2010@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { offCentre: "the activation's mean value is not 0" },
  grid: { initialisation: ["standard", "normalised"] },
  experiment: ({ initialisation }) => sigmoids({ ...AFTER, initialisation }),
  prediction: {
    says: "at-least",
    statistic: "median",
    of: "lowerLessTop",
    bound: 0.4,
    because: "nearly half of all slope there is",
    expected: { value: ({ initialisation }) => (initialisation === "standard" ? 0.75 : 0.8), spread: 0.15 },
  },
  rivals: [{ value: 0, because: "all layers saturate alike" }],
  controls: [
    {
      breaks: "offCentre",
      because: "units of tanh stay about 0 in every layer",
      experiment: ({ initialisation }) => tanhs({ ...AFTER, initialisation }),
      expected: { value: 0, spread: 0.1 },
      replicates: { smoke: 16, full: 48 },
    },
  ],
  tiers: {
    smoke: { replicates: 16, grid: { initialisation: ["standard"] } },
    full: { replicates: 96 },
    deep: { replicates: 512, bound: 0.55, because: "more than half of all slope there is" },
  },
});
