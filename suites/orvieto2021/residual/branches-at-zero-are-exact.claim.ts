import { defineClaim } from "../../../src/claim/claim.ts";
import { residualSignals } from "../architecture/networks.ts";

export default defineClaim({
  id: "orvieto2021/residual/branches-at-zero-are-exact",
  title: "Branches that begin at zero leave every signal and gradient as it is, byte for byte",
  statement: String.raw`Where the last matrix of each branch (Fixup) or a factor after it (SkipInit, ReZero) begins at 0, $h_L = h_0$ and $\nabla_{h_0} = \nabla_{h_L}$ exactly, at any depth.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { zeroStart: "branches begin at zero" },
  grid: { start: ["zero-last", "zero-multiplier"], depth: [16, 64, 128] },
  experiment: ({ start, depth }) =>
    residualSignals({ width: 8, depth, activation: "relu", scale: "1", matrices: 2, start }),
  prediction: {
    says: "is-byte-equal",
    of: "changedBytes",
    because: "a product with zero and a sum with zero are exact",
  },
  controls: [
    {
      breaks: "zeroStart",
      because: "random branches change the norm at once",
      experiment: ({ depth }) => residualSignals({ width: 8, depth, activation: "relu", scale: "1", matrices: 2 }),
      grid: { start: ["zero-last"], depth: [16] },
      expected: { value: 100 },
      replicates: { smoke: 16, full: 32 },
    },
  ],
  tiers: {
    smoke: { replicates: 16, grid: { depth: [16] } },
    full: { replicates: 64, grid: { depth: [16, 64] } },
    deep: { replicates: 256 },
  },
});
