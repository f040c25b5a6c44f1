import { chainEscape } from "../../../benchmarks/chain-escape.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { xavierUniform } from "../../../src/lab/networks/network.ts";
import { linearChain } from "../chains/initialisations.ts";
import { byGradientFlow } from "../escape/chains.ts";

export default defineClaim({
  id: "orvieto2021/relatives/normalised-steps-escape-in-root-depth",
  title: "The size of the steps is what counts: normalised descent leaves in a time of order √L",
  statement: String.raw`Gradient descent with steps of one length $\eta$ leaves the plateau of a Xavier chain after about $0.24\sqrt{L}/\eta$ steps, where plain descent takes $e^{0.42 L}$.`,
  source: { paper: "jelassi2022@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { normalised: "each step has the same length" },
  grid: { depth: [40, 80, 160] },
  experiment: ({ depth }) =>
    chainEscape(linearChain(depth, xavierUniform), {
      name: "normalised-descent",
      rate: 0.005,
      epsilon: 0,
      maxSteps: 20_000,
    }),
  prediction: {
    says: "scales",
    through: "median",
    of: "logTime",
    given: "startsBelow",
    along: { axis: "depth", as: ({ depth }) => Math.log(depth), named: "ln L" },
    slope: 0.5,
    within: 0.1,
    because: "a fifth of the power; all L weights move together, each by 1/sqrt(L) of the step",
    expected: {
      value: ({ depth }) => Math.log(0.24) + 0.5 * Math.log(depth),
      spread: ({ depth }) => (depth === 40 ? 0.37 : depth === 80 ? 0.23 : 0.16),
    },
  },
  rivals: [
    { value: 0, because: "no dependence on depth, as for sign descent" },
    { value: 1, because: "a time in proportion to depth" },
  ],
  controls: [
    {
      breaks: "normalised",
      because: "gradient flow takes a time exponential in depth",
      experiment: ({ depth }) => byGradientFlow(depth),
      grid: { depth: [40, 80] },
      expected: { value: ({ depth }) => 0.41 * depth - 5, spread: ({ depth }) => 0.95 * Math.sqrt(depth) },
      replicates: { smoke: 48, full: 64 },
    },
  ],
  tiers: {
    smoke: { replicates: 48, grid: { depth: [40, 80] } },
    full: { replicates: 1024 },
    deep: { replicates: 2560, within: 0.06, because: "an eighth of the power" },
  },
});
