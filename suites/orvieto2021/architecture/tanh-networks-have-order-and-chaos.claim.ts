import { defineClaim } from "../../../src/claim/claim.ts";
import type { Initialisation } from "../../../src/lab/networks/network.ts";
import { tanhFixedPoint } from "./mean-field.theory.ts";
import { plainSignals } from "./networks.ts";

const AFTER = 8;
const DEPTH = 24;
const WIDTH = 64;
const LAYERS = DEPTH - AFTER;
const gaussian = (gain: number): Initialisation => ({ law: "gaussian", gain, fan: "in" });
const place = (gain: number) => ({ width: WIDTH, depth: DEPTH, after: AFTER, init: gaussian(gain) });
const meanField = (gain: number) => LAYERS * Math.log(tanhFixedPoint(gain).chi);
/** Simulated at width 64, from seeds of their own: 3.4 / d a layer below mean field in chaos, a little less on the edge. */
const SIMULATED = { 0.5: -11.3, 1: -0.6, 4: 4.2 } as const;

export default defineClaim({
  id: "orvieto2021/architecture/tanh-networks-have-order-and-chaos",
  title: "Tanh networks: gradients vanish below gain one, explode above it, and keep on the edge",
  statement: String.raw`Over 16 layers at width 64 $\ln\|\nabla\|^2$ changes by $16 \ln\chi$, $\chi = g\,\mathbb E \tanh'(\sqrt q z)^2$ at the fixed point $q$ of mean-field theory: order, edge and chaos.`,
  source: { paper: "schoenholz2017@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { saturating: "the activation is tanh" },
  grid: { gain: [0.5, 1, 4] },
  experiment: ({ gain }) => plainSignals({ ...place(gain), activation: "tanh" }),
  prediction: {
    says: "equals",
    statistic: "median",
    of: "backwardChange",
    value: ({ gain }) => meanField(gain),
    within: 1.6,
    because: "a tenth a layer: twice what width 64 takes off mean field's infinite width",
    expected: { value: ({ gain }) => SIMULATED[gain], spread: ({ gain }) => (gain === 4 ? 1.35 : 0.75) },
  },
  rivals: [
    {
      value: ({ gain }) => LAYERS * Math.log(gain / 2),
      because: "ReLU's rate, which depends on the gain alone and has no chaos of its own",
    },
  ],
  controls: [
    {
      breaks: "saturating",
      because: "at gain 4 a ReLU layer doubles the squared gradient",
      experiment: ({ gain }) => plainSignals({ ...place(gain), activation: "relu" }),
      grid: { gain: [4] },
      expected: { value: 10.5, spread: 1.4 },
      replicates: { smoke: 24, full: 64 },
    },
  ],
  tiers: {
    smoke: { replicates: 64, grid: { gain: [0.5, 4] } },
    full: { replicates: 320 },
    deep: {
      replicates: 1536,
      within: 1.3,
      because: "eight hundredths a layer: half as much again as width 64 takes off",
    },
  },
});
