import { layerNormRatio } from "../../../benchmarks/layer-norm-ratio.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { heNormal, type Initialisation, mlp, xavierNormal } from "../../../src/lab/networks/network.ts";

const DEPTH = 64;
const relu = (width: number, init: Initialisation) =>
  layerNormRatio(mlp({ width, depth: DEPTH, activation: "relu", init }));

/** Networks a cell at the full tier. */
const REPLICATES = { 8: 2304, 16: 1216, 32: 704 } as const;

/**
 * Third and fourth cumulants a layer are below those of (2/d) chi^2_{d/4}, the law of a layer with half the usual active units;
 * a gain scales the ratio and changes neither.
 */
const familyAt = (width: number) => ({
  skewness: Math.sqrt(32 / width) / Math.sqrt(DEPTH),
  excessKurtosis: 48 / width / DEPTH,
});

export default defineClaim({
  id: "orvieto2021/norms/second-moment-is-stable",
  title: "In expectation He's initialisation keeps the squared norm, at every width",
  statement: String.raw`Under He's initialisation each layer's ratio $\|h_l\|^2 / \|h_{l-1}\|^2$ has mean exactly 1, so $\mathbb E \|h_L\|^2 = \|h_0\|^2$ at every depth and width.`,
  source: { paper: "orvieto2021@v1", at: "abstract", grade: "stated" },
  assumptions: { heScale: "the variance of a weight is 2 / fan-in" },
  grid: { width: [8, 16, 32] },
  experiment: ({ width }) => relu(width, heNormal),
  prediction: {
    says: "equals",
    statistic: "mean",
    of: "meanRatio",
    value: 1,
    within: 0.02,
    because: "over 35 layers 2 % a layer would double the energy; tested on layers, never on the product",
    expected: {
      // The ratio is (2/d) chi^2_N, N ~ Bin(d, 1/2): variance 5/d.
      spread: ({ width }) => Math.sqrt(5 / width / DEPTH),
      family: ({ width }) => familyAt(width),
    },
  },
  rivals: [{ value: 0.5, because: "without the factor 2 that makes up for the units that ReLU switches off" }],
  controls: [
    {
      breaks: "heScale",
      because: "Xavier's gain 1 loses half the energy a ReLU layer",
      experiment: ({ width }) => relu(width, xavierNormal),
      grid: { width: [16] },
      expected: {
        value: 0.5,
        spread: ({ width }) => 0.5 * Math.sqrt(5 / width / DEPTH),
        family: ({ width }) => familyAt(width),
      },
      replicates: { smoke: 256, full: 256 },
    },
    {
      breaks: "heScale",
      because: "a normal truncated at two deviations and not rescaled has 0.774 of the variance: a library's heNormal",
      experiment: ({ width }) => relu(width, { ...heNormal, gain: 2 * 0.7737413 }),
      grid: { width: [16] },
      expected: {
        value: 0.7737413,
        spread: ({ width }) => 0.7737413 * Math.sqrt(5 / width / DEPTH),
        family: ({ width }) => familyAt(width),
      },
      replicates: { smoke: 256, full: 256 },
    },
  ],
  tiers: {
    smoke: { replicates: ({ width }) => REPLICATES[width] },
    full: { replicates: ({ width }) => REPLICATES[width] },
    deep: {
      replicates: ({ width }) => 4 * REPLICATES[width],
      within: 0.01,
      because: "over 70 layers 1 % a layer would double the energy",
    },
  },
});
