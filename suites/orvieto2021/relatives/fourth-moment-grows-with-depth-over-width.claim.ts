import { layerNormMoment } from "../../../benchmarks/relatives/layer-norm-moment.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { type Activation, heNormal, mlp, xavierNormal } from "../../../src/lab/networks/network.ts";
import { meanSquareOfRatio, momentOfLinearRatio, momentOfRatio } from "./relu-ratio.theory.ts";

const DEPTH = 128;
const moment = (width: number, activation: Activation) =>
  layerNormMoment(mlp({ width, depth: DEPTH, activation, init: activation === "relu" ? heNormal : xavierNormal }));

export default defineClaim({
  id: "orvieto2021/relatives/fourth-moment-grows-with-depth-over-width",
  title: "Fourth moments of signals grow as (1 + 5/d)^L while second moments stay",
  statement: String.raw`For ReLU layers under He's initialisation $\mathbb E (\|h_l\|^2/\|h_{l-1}\|^2)^2 = 1 + 5/d$, so that $\mathbb E \|h_L\|^4 = (1 + 5/d)^L$: fluctuations are exponential in $L/d$.`,
  source: { paper: "hanin2018@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { rectified: "the activation is ReLU" },
  grid: { width: [16, 32] },
  experiment: ({ width }) => moment(width, "relu"),
  prediction: {
    says: "equals",
    statistic: "mean",
    of: "meanSquaredRatio",
    value: ({ width }) => momentOfRatio(width, 2),
    within: ({ width }) => 0.15 * (5 / width),
    because: "15 % of what is above 1; tested layer by layer, never on the product",
    expected: {
      spread: ({ width }) => meanSquareOfRatio(width, DEPTH).spread,
      family: ({ width }) => meanSquareOfRatio(width, DEPTH).family,
    },
  },
  rivals: [
    { value: 1, because: "no fluctuation of the squared norm" },
    { value: ({ width }) => 1 + 2 / width, because: "linear layers' 2/d" },
  ],
  controls: [
    {
      breaks: "rectified",
      because: "linear layers have 1 + 2/d",
      experiment: ({ width }) => moment(width, "linear"),
      expected: {
        value: ({ width }) => 1 + 2 / width,
        spread: ({ width }) => meanSquareOfRatio(width, DEPTH, momentOfLinearRatio).spread,
        family: ({ width }) => meanSquareOfRatio(width, DEPTH, momentOfLinearRatio).family,
      },
      replicates: { smoke: 128, full: 256 },
    },
  ],
  tiers: {
    smoke: { replicates: 128, grid: { width: [16] } },
    full: { replicates: 1280 },
    deep: { replicates: 4096, within: ({ width }) => 0.08 * (5 / width), because: "8 % of what is above 1" },
  },
});
