import { defineClaim } from "../../../src/claim/claim.ts";
import { orthogonal } from "../../../src/lab/networks/network.ts";
import { plainSignals } from "./networks.ts";

const PLACE = { width: 16, activation: "linear" } as const;

export default defineClaim({
  id: "orvieto2021/architecture/orthogonal-linear-networks-are-isometries",
  title: "Orthogonal weights keep every signal and gradient of a linear network, at any depth",
  statement: String.raw`For Haar-orthogonal weights $\|h_L\| = \|h_0\|$ and $\|\nabla_{h_0}\| = \|\nabla_{h_L}\|$ in linear networks, to the last digits.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { orthogonalWeights: "weights are orthogonal, not merely scaled" },
  grid: { depth: [16, 64, 128] },
  experiment: ({ depth }) => plainSignals({ ...PLACE, depth, init: orthogonal(1) }),
  prediction: {
    says: "is-identity",
    of: "isometryOff",
    bound: 1e-13,
    because: "a layer's rounding: sixteen reflections, each a few dozen operations of 1e-16",
  },
  controls: [
    {
      breaks: "orthogonalWeights",
      because: "Xavier's weights keep norms on average only",
      experiment: ({ depth }) => plainSignals({ ...PLACE, depth }),
      grid: { depth: [16] },
      expected: { value: 0.3 },
      replicates: { smoke: 16, full: 32 },
    },
  ],
  tiers: {
    smoke: { replicates: 16, grid: { depth: [16] } },
    full: { replicates: 64, grid: { depth: [16, 64] } },
    deep: { replicates: 256 },
  },
});
