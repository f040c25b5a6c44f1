import { type EscapingMethod, optimiserEscape } from "../../../benchmarks/optimisers/optimiser-escape.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { xavierUniform } from "../../../src/lab/networks/network.ts";
import { linearChain } from "../chains/initialisations.ts";
import { logFlowTime } from "./chain-escape.theory.ts";
import { ADAPTIVE, flow, HORIZON } from "./optimisers.ts";

const leave = (depth: number, method: EscapingMethod) =>
  optimiserEscape(linearChain(depth, xavierUniform), method, method.name === "gradient-flow" ? 1e300 : HORIZON);

export default defineClaim({
  id: "orvieto2021/adaptive/adaptive-time-does-not-grow-with-depth",
  title: "The escape time of Adam, RMSProp and sign descent does not grow with depth",
  statement: String.raw`From depth 20 to 160 a chain's typical curvature falls by $e^{-57}$. The median of $\ln T$ of Adam, RMSProp and sign descent changes by less than 0.02 a layer, against 0.4 for gradient flow.`,
  source: { paper: "orvieto2021@v1", at: "abstract", grade: "stated" },
  assumptions: { adaptive: "steps are divided by the size of the gradients" },
  grid: { method: ["adam", "rmsprop", "sign"], depth: [20, 80, 160] },
  experiment: ({ method, depth }) => leave(depth, ADAPTIVE[method]),
  prediction: {
    says: "scales",
    through: "median",
    of: "logTime",
    given: "counts",
    along: { axis: "depth" },
    slope: 0,
    within: 0.02,
    because: "a twentieth of flow's slope; simulation gives -0.001 to +0.001",
    expected: { value: -1.3, spread: 1.5 },
  },
  rivals: [{ value: 0.42, because: "inverse to curvature, as for gradient flow" }],
  controls: [
    {
      breaks: "adaptive",
      because: "gradient flow's time grows as curvature falls",
      experiment: ({ depth }) => leave(depth, flow),
      grid: { method: ["adam"], depth: [20, 80, 160] },
      expected: { value: ({ depth }) => logFlowTime(depth), spread: ({ depth }) => Math.sqrt(depth) },
      replicates: { smoke: 256, full: 256 },
    },
  ],
  tiers: {
    smoke: { replicates: 256 },
    full: { replicates: 512 },
    deep: { replicates: 4096, within: 0.01, because: "a fortieth of flow's slope" },
  },
});
