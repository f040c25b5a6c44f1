import { defineClaim } from "../../../src/claim/claim.ts";
import { train } from "./arms.ts";

export default defineClaim({
  id: "orvieto2021/training/adaptive-methods-learn",
  title: "On real digits adaptive methods train the networks that descent does not",
  statement: String.raw`In the same networks, on as many digits, with as many steps, Adam, RMSProp, sign descent and Adagrad bring the loss below $0.7 \ln 10$ in more than seven of ten networks.`,
  source: { paper: "orvieto2021@v1", at: "abstract", grade: "stated" },
  assumptions: {
    adaptive: "each weight's step is divided by the size of its own gradients",
    random: "weights start at random",
  },
  grid: { method: ["adam", "rmsprop", "sign", "adagrad"] },
  experiment: ({ method }) => train(method),
  prediction: {
    says: "at-least",
    statistic: "proportion",
    of: "learns",
    bound: 0.7,
    because: "0.92 to 1 on the tuning networks; descent has 0.05",
    expected: { value: ({ method }) => (method === "adam" || method === "sign" ? 0.97 : 0.91) },
  },
  rivals: [{ value: 0.25, because: "more than descent reaches at its best rate" }],
  controls: [
    {
      breaks: "adaptive",
      because: "gradient descent trains one in twenty",
      experiment: () => train("descent"),
      grid: { method: ["adam"] },
      expected: { value: 0.06 },
      replicates: { smoke: 16, full: 64 },
    },
    {
      breaks: "random",
      because: "where all weights start at zero every gradient is exactly zero, and no method moves",
      experiment: () => train("adam", { architecture: "zero" }),
      grid: { method: ["adam"] },
      expected: { value: 0 },
      replicates: { smoke: 2, full: 32 },
    },
  ],
  tiers: {
    smoke: { replicates: 16, grid: { method: ["adam"] } },
    full: { replicates: ({ method }) => (method === "adam" || method === "sign" ? 96 : 192) },
    deep: { replicates: 640, bound: 0.8, because: "twice as many failures as the tuning networks had" },
  },
});
