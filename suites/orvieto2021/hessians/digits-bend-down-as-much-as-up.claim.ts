import { defineClaim } from "../../../src/claim/claim.ts";
import { classifier } from "./networks.ts";

export default defineClaim({
  id: "orvieto2021/hessians/digits-bend-down-as-much-as-up",
  title: "On real digits the loss of a deep narrow network bends down as much as up",
  statement: String.raw`At width 8 and depths 16 to 64 the median of $\ln(-\lambda_{\min}/\lambda_{\max})$ over living networks is 0: the plateau is a saddle in size, not in sign only.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { hiddenLayers: "there are hidden layers" },
  grid: { depth: [16, 32, 64] },
  experiment: ({ depth }) => classifier(8, depth),
  prediction: {
    says: "equals",
    statistic: "median",
    of: "logEdgeRatio",
    given: "alive",
    value: 0,
    within: 0.35,
    because: "a factor of 1.4; simulation gives -0.04 at depth 16 and -0.02 at 32 and 64",
    expected: { value: -0.04, spread: 0.42, counts: ({ depth }) => 1 - 0.0045 * depth },
  },
  rivals: [{ value: Math.log(0.1), because: "negative curvature of a tenth of the positive" }],
  controls: [
    {
      breaks: "hiddenLayers",
      because: "without a hidden layer the cross-entropy is convex: nothing bends down",
      experiment: () => classifier(8, 1),
      grid: { depth: [16] },
      expected: { value: -30, spread: 1, counts: 1 },
      replicates: { smoke: 32, full: 48 },
    },
  ],
  tiers: {
    smoke: { replicates: 48 },
    full: { replicates: 384 },
    deep: { replicates: 1536, within: 0.2, because: "a factor of 1.2" },
  },
});
