import { defineClaim } from "../../../src/claim/claim.ts";
import { train } from "./arms.ts";

export default defineClaim({
  id: "orvieto2021/training/fitting-is-not-generalising",
  title: "Adam fits random labels too: these claims are about fitting, not about digits",
  statement: String.raw`With classes drawn at random in place of the pictures' labels Adam brings the loss on its 64 pictures below $0.7 \ln 10$ in more than seven of ten networks: what is claimed of training is how fast a batch is fitted, not what is learned of digits.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { adaptive: "each weight's step is divided by the size of its own gradients" },
  grid: { method: ["adam", "sign"] },
  experiment: ({ method }) => train(method, { labels: "random" }),
  prediction: {
    says: "at-least",
    statistic: "proportion",
    of: "learns",
    bound: 0.7,
    because: "all twelve of a trial",
    expected: { value: 0.95 },
  },
  rivals: [{ value: 0.1, because: "no rule to learn, nothing learned" }],
  controls: [
    {
      breaks: "adaptive",
      because: "gradient descent does not fit them either",
      experiment: () => train("descent", { labels: "random" }),
      grid: { method: ["adam"] },
      expected: { value: 0.04 },
      replicates: { smoke: 4, full: 48 },
    },
  ],
  tiers: {
    smoke: { replicates: 8, grid: { method: ["adam"] } },
    full: { replicates: 112, grid: { method: ["adam"] } },
    deep: { replicates: 384 },
  },
});
