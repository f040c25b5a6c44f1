import { forwardLogNorm } from "../../../benchmarks/forward-log-norm.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { heNormal } from "../../../src/lab/networks/network.ts";
import { logRatio } from "../width/log-norm.theory.ts";
import { widthsOf } from "./shapes.ts";

const relu = (widths: readonly number[]) => forwardLogNorm({ kind: "mlp", widths, activation: "relu", init: heNormal });
const variance = (widths: readonly number[]) =>
  widths.slice(1).reduce((sum, width) => sum + logRatio(width, "relu").variance, 0);

/** 1/32 + 1/96 = 2/48: the sums of 1/n agree where half of the layers have either width. */
function mixed(layers: number): readonly number[] {
  if (layers % 2 !== 0)
    throw new RangeError(`two halves of equal sums require an even number of layers, got ${layers}`);
  return widthsOf([layers / 2, 32], [layers / 2, 96]);
}

const constant = (layers: number) => widthsOf([layers, 48]);
const narrower = (layers: number) => widthsOf([layers, 32]);
const logRatioOfVariances = (one: readonly number[], other: readonly number[]) =>
  Math.log(variance(one) / variance(other));

/** Of 16 layers of 32 units and more the exact cumulants give a skewness of 0.2 and an excess kurtosis of 0.1 at most. */
const FAMILY = { skewness: 0.3, excessKurtosis: 0.3 } as const;

export default defineClaim({
  id: "orvieto2021/shapes/equal-sums-give-equal-spread",
  title: "At width 32 and more only the sum of 1/width decides the spread",
  statement: String.raw`Networks of widths $n_1, \dots, n_L \ge 32$ with equal $\sum_j 1/n_j$ have nearly equal $\mathrm{Var}\ln\|h_L\|^2 \approx 5 \sum_j 1/n_j$.`,
  source: { paper: "hanin2018@v1", at: "abstract", grade: "derived" },
  assumptions: { equalSums: "both shapes have the same sum of 1 / width" },
  grid: { layers: [16] },
  experiment: ({ layers }) => relu(mixed(layers)),
  against: ({ layers }) => relu(constant(layers)),
  prediction: {
    says: "differs-by",
    statistic: "log-variance",
    of: "logNormSquared",
    value: 0,
    within: 0.15,
    because: "15 % of the variance; the exact v(n) leaves 2.7 % between these shapes",
    expected: {
      value: ({ layers }) => logRatioOfVariances(mixed(layers), constant(layers)),
      spread: Math.SQRT2,
      family: FAMILY,
    },
  },
  rivals: [{ value: Math.log(48 / 64), because: "the mean width, 64 against 48, decides" }],
  controls: [
    {
      breaks: "equalSums",
      because: "16 layers of 32 have a sum 3/2 times that of 16 layers of 48",
      experiment: ({ layers }) => relu(narrower(layers)),
      expected: { value: ({ layers }) => logRatioOfVariances(narrower(layers), constant(layers)), family: FAMILY },
      replicates: { smoke: 512, full: 6144 },
    },
  ],
  tiers: {
    smoke: { replicates: 512 },
    full: { replicates: 24576 },
    deep: {
      replicates: 63488,
      within: 0.1,
      because: "10 % of the variance; the exact v(n) leaves 2.7 % between these shapes",
    },
  },
});
