import { defineClaim } from "../../../src/claim/claim.ts";
import { sigmoids } from "./networks.ts";

const SATURATED = { hidden: 2, batch: 16, since: 20, initialisation: "standard" } as const;

export default defineClaim({
  id: "glorot2010/saturation/saturated-units-recover-slowly",
  title: "Saturated units move out of saturation by themselves, but slowly",
  statement: String.raw`With two hidden layers of sigmoids the top one's mean activation $\overline h$, which 20 steps of descent had brought from a half to nearly zero, rises by more than $0.1$ until step 400 in the median network, with nothing changed.`,
  source: { paper: "glorot2010@v1", at: "abstract", grade: "stated" },
  assumptions: { patient: "training goes on twenty times as long as saturation took" },
  grid: { steps: [400] },
  experiment: ({ steps }) => sigmoids({ ...SATURATED, steps }),
  prediction: {
    says: "at-least",
    statistic: "median",
    of: "topMeanGained",
    bound: 0.1,
    because: "three times the 0.034 that is left of it when it is least, in the pilot",
    expected: { value: 0.22, spread: 0.06 },
  },
  rivals: [{ value: 0, because: "units that stay saturated, as their small slope lets one expect" }],
  controls: [
    {
      breaks: "patient",
      because: "half as many steps again as saturation took: recovery is slow",
      experiment: () => sigmoids({ ...SATURATED, steps: 30 }),
      expected: { value: 0.02, spread: 0.03 },
      replicates: { smoke: 16, full: 64 },
    },
  ],
  tiers: {
    smoke: { replicates: 16 },
    full: { replicates: 96 },
    deep: { replicates: 512, bound: 0.15, because: "more than four times what is left" },
  },
});
