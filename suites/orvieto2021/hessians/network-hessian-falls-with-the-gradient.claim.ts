import { defineClaim } from "../../../src/claim/claim.ts";
import { regression, residualRegression } from "./networks.ts";

const NETWORKS = { "linear, width 4": [4, "linear"], "ReLU, width 8": [8, "relu"] } as const;

export default defineClaim({
  id: "orvieto2021/hessians/network-hessian-falls-with-the-gradient",
  title: "In networks too curvature vanishes at the gradient's rate, a power of depth behind",
  statement: String.raw`In one and the same network $\ln\|\nabla^2 \mathcal L\|$ exceeds $\ln\|\nabla f\|$ by $b \ln L$ and a constant, with $b$ near $0.9$ in linear networks of width 4 and ReLU networks of width 8.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { plainLayers: "layers follow each other without residual branches" },
  grid: { network: ["linear, width 4", "ReLU, width 8"], depth: [16, 64] },
  experiment: ({ network, depth }) => regression(NETWORKS[network][0], depth, NETWORKS[network][1]),
  prediction: {
    says: "scales",
    through: "median",
    of: "normLessJacobian",
    given: "alive",
    along: { axis: "depth", as: ({ depth }) => Math.log(depth), named: "ln L" },
    slope: 0.9,
    within: 0.25,
    because:
      "chains have 1 exactly; by simulation 0.90 (linear) and 0.92 (ReLU), from this program and from one of dense Hessians",
    expected: {
      value: ({ depth }) => 0.9 * Math.log(depth),
      spread: 0.53,
      counts: ({ network, depth }) => (network === "linear, width 4" ? 1 : depth === 16 ? 0.94 : 0.78),
    },
  },
  rivals: [
    { value: 0, because: "in proportion to the gradient" },
    { value: (-0.2 * 48) / Math.log(4), because: "twice the gradient's rate, -0.2 a layer more" },
  ],
  controls: [
    {
      breaks: "plainLayers",
      because: "where branches are scaled by 1 / sqrt(L) neither depends on depth",
      experiment: ({ depth }) => residualRegression(8, depth),
      grid: { network: ["ReLU, width 8"] },
      expected: { value: 0.83, spread: 0.5, counts: 1 },
      replicates: { smoke: 64, full: 192 },
    },
  ],
  tiers: {
    smoke: { replicates: 64 },
    full: { replicates: 768 },
    deep: {
      replicates: 2048,
      within: 0.2,
      because: "a fifth of a power of depth, and what finite depth leaves: 0.82 to 0.92 are simulated",
    },
  },
});
