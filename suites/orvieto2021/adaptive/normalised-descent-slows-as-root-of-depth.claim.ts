import { optimiserEscape } from "../../../benchmarks/optimisers/optimiser-escape.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { xavierUniform } from "../../../src/lab/networks/network.ts";
import type { Optimiser } from "../../../src/lab/networks/optimiser.ts";
import { linearChain } from "../chains/initialisations.ts";
import { HORIZON, normalised, sign } from "./optimisers.ts";

const leave = (depth: number, optimiser: Optimiser) =>
  optimiserEscape(linearChain(depth, xavierUniform), optimiser, HORIZON);

export default defineClaim({
  id: "orvieto2021/adaptive/normalised-descent-slows-as-root-of-depth",
  title: "Normalised descent's escape time grows as the root of depth, not exponentially",
  statement: String.raw`Normalised descent shares a step of fixed length among all weights: its median escape time grows as $\sqrt L$ (exponent between 0.4 and 0.6), whatever the curvature.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { wholeNorm: "steps are divided by the norm of the whole gradient" },
  grid: { depth: [20, 40, 80, 160] },
  experiment: ({ depth }) => leave(depth, normalised),
  prediction: {
    says: "scales",
    through: "median",
    of: "logTime",
    given: "counts",
    along: { axis: "depth", as: ({ depth }) => Math.log(Number(depth)), named: "ln(depth)" },
    slope: 0.5,
    within: 0.1,
    because: "simulation gives 0.51 from depth 20 to 160",
    expected: {
      value: ({ depth }) => Math.log(0.24) + 0.505 * Math.log(depth),
      spread: ({ depth }) => 2.4 / Math.sqrt(depth),
    },
  },
  rivals: [
    { value: 0, because: "free of depth, as where each weight's step has a fixed size" },
    { value: 1, because: "proportional to depth" },
  ],
  controls: [
    {
      breaks: "wholeNorm",
      because: "sign descent moves each weight by as much at any depth",
      experiment: ({ depth }) => leave(depth, sign),
      expected: { value: ({ depth }) => -1.0 - 0.05 * Math.log(depth), spread: ({ depth }) => 2.6 / Math.sqrt(depth) },
      replicates: { smoke: 512, full: 512 },
    },
  ],
  tiers: {
    smoke: { replicates: 512 },
    full: { replicates: 1024 },
    deep: { replicates: 8192, within: 0.05, because: "simulation gives 0.51" },
  },
});
