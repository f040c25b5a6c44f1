import { defineClaim } from "../../../src/claim/claim.ts";
import { batchNormalisation, residualSignals } from "../architecture/networks.ts";

const PLACE = { width: 16, depth: 64, batch: 16, activation: "relu", scale: "1" } as const;

export default defineClaim({
  id: "orvieto2021/residual/batch-normalisation-tames-residual-branches",
  title: "With batch normalisation in its branches a residual network's signal grows like depth",
  statement: String.raw`$(\|h_l\|^2 - \|h_0\|^2)/(d\,l) = 1$: each normalised branch adds one squared unit, so that block $l$'s branch is $1/l$ of what it is added to, not exponentially more.`,
  source: { paper: "de2020@v1", at: "abstract", grade: "stated" },
  assumptions: { normalised: "branches are normalised over the batch" },
  grid: { block: [8, 64] },
  experiment: ({ block }) => residualSignals({ ...PLACE, normalisation: batchNormalisation, upTo: block }),
  prediction: {
    says: "equals",
    statistic: "median",
    of: "normAUnit",
    value: 1,
    within: 0.1,
    because: "a tenth; finite width shifts the mean by 0.03, the median by less",
    expected: { value: 0.995, spread: 0.19 },
  },
  rivals: [{ value: ({ block }) => block / 2, because: "branches that grow with what they are added to, at first" }],
  controls: [
    {
      breaks: "normalised",
      because: "without normalisation the norm grows exponentially: 10^13 a unit and layer at block 64",
      experiment: () => residualSignals({ ...PLACE, upTo: 64 }),
      grid: { block: [64] },
      expected: { value: 5e13, spread: 1e13 },
      replicates: { smoke: 32, full: 64 },
    },
  ],
  tiers: {
    smoke: { replicates: 64 },
    full: { replicates: 512 },
    deep: { replicates: 2048, within: 0.06, because: "twice what finite width shifts the mean by" },
  },
});
