import { defineClaim } from "../../../src/claim/claim.ts";
import { train } from "./arms.ts";

export default defineClaim({
  id: "orvieto2021/training/momentum-and-clipping-are-not-enough",
  title: "Momentum, clipping and one step size for all weights train fewer than half the networks",
  statement: String.raw`Momentum 0.9, clipping at 1 and normalised descent, each at its best of six rates, bring the loss below $0.7 \ln 10$ in fewer than 45 in 100 networks: what trains them is a step size for each weight.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { shared: "all weights share one step size" },
  grid: { method: ["momentum", "clipped", "normalised"] },
  experiment: ({ method }) => train(method),
  prediction: {
    says: "at-most",
    statistic: "proportion",
    of: "learns",
    bound: 0.45,
    because: "0.08 to 0.17 on the tuning networks; half of what adaptive methods reach",
    expected: { value: ({ method }) => (method === "normalised" ? 0.2 : 0.17) },
  },
  rivals: [{ value: 0.9, because: "what adaptive methods reach" }],
  controls: [
    {
      breaks: "shared",
      because: "Adam trains nearly all",
      experiment: () => train("adam"),
      grid: { method: ["momentum"] },
      expected: { value: 0.97 },
      replicates: { smoke: 8, full: 64 },
    },
  ],
  tiers: {
    smoke: { replicates: 8, grid: { method: ["momentum"] } },
    full: { replicates: 192 },
    deep: { replicates: 512, bound: 0.35, because: "twice what the tuning networks had" },
  },
});
