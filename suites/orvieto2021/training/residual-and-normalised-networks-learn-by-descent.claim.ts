import { defineClaim } from "../../../src/claim/claim.ts";
import { train } from "./arms.ts";

export default defineClaim({
  id: "orvieto2021/training/residual-and-normalised-networks-learn-by-descent",
  title: "Residual branches or batch normalisation let plain descent train deep narrow networks",
  statement: String.raw`With branches scaled by $1/\sqrt{L}$, or with batch normalisation after each hidden matrix, gradient descent brings the loss below $0.7 \ln 10$ within 200 steps in more than three of four networks of width 16 and depth 24.`,
  source: { paper: "orvieto2021@v1", at: "abstract", grade: "stated" },
  assumptions: { helped: "residual branches or batch normalisation keep gradients from vanishing" },
  grid: { architecture: ["residual", "batch-normalised"] },
  experiment: ({ architecture }) => train(architecture),
  prediction: {
    says: "at-least",
    statistic: "proportion",
    of: "learns",
    bound: 0.75,
    because: "all 24 of the tuning networks with either; one in twenty of the plain ones",
    expected: { value: 0.98 },
  },
  rivals: [{ value: 0.05, because: "the share of plain networks" }],
  controls: [
    {
      breaks: "helped",
      because: "one in twenty plain networks learns",
      experiment: () => train("descent"),
      grid: { architecture: ["residual"] },
      expected: { value: 0.06 },
      replicates: { smoke: 8, full: 64 },
    },
  ],
  tiers: {
    smoke: { replicates: 8, grid: { architecture: ["residual"] } },
    full: { replicates: 96 },
    deep: { replicates: 448, bound: 0.9, because: "one failure in ten" },
  },
});
