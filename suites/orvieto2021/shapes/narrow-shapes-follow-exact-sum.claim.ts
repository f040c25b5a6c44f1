import { forwardLogNorm } from "../../../benchmarks/forward-log-norm.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { heNormal, type Initialisation, orthogonal } from "../../../src/lab/networks/network.ts";
import { familyOfSum, type LogRatio, logRatio } from "../width/log-norm.theory.ts";
import { widthsOf } from "./shapes.ts";

const SHAPES = { "16 layers of 16": widthsOf([16, 16]), "8 layers of 6, 8 of 16": widthsOf([8, 6], [8, 16]) } as const;
type Shape = keyof typeof SHAPES;
const relu = (shape: Shape, init: Initialisation) =>
  forwardLogNorm({ kind: "mlp", widths: SHAPES[shape], activation: "relu", init });
const layers = (shape: Shape) => SHAPES[shape].slice(1);
const total = (shape: Shape, part: (ratio: LogRatio) => number) =>
  layers(shape).reduce((sum, width) => sum + part(logRatio(width, "relu")), 0);
const variance = (shape: Shape) => total(shape, (ratio) => ratio.variance);
const leadingOrder = (shape: Shape) => layers(shape).reduce((sum, width) => sum + 5 / width, 0);

export default defineClaim({
  id: "orvieto2021/shapes/narrow-shapes-follow-exact-sum",
  title: "Below width 32 the exact v(n) decides the spread, not 5/n",
  statement: String.raw`In narrow networks $\mathrm{Var}\ln\|h_L\|^2 = \sum_j v(n_j)$ with the exact $v$; the leading order $5\sum_j 1/n_j$ is too small by 25 % and more.`,
  source: { paper: "hanin2018@v1", at: "abstract", grade: "derived" },
  assumptions: { independentWeights: "weights are independent" },
  grid: { shape: ["16 layers of 16", "8 layers of 6, 8 of 16"] },
  experiment: ({ shape }) => relu(shape, heNormal),
  prediction: {
    says: "equals",
    statistic: "variance",
    of: "logNormSquared",
    given: "alive",
    value: ({ shape }) => variance(shape),
    within: ({ shape }) => 0.15 * variance(shape),
    because: "half of the distance of the leading order",
    expected: {
      spread: ({ shape }) => Math.sqrt(variance(shape)),
      family: ({ shape }) => ({
        skewness: Math.abs(total(shape, ({ third }) => third)) / variance(shape) ** 1.5,
        excessKurtosis: Math.abs(total(shape, ({ fourth }) => fourth)) / variance(shape) ** 2,
      }),
      counts: ({ shape }) => layers(shape).reduce((alive, width) => alive * (1 - 2 ** -width), 1),
    },
  },
  rivals: [{ value: ({ shape }) => leadingOrder(shape), because: "five times the sum of 1 / width" }],
  controls: [
    {
      breaks: "independentWeights",
      because: "orthogonal weights spread the norm by about a third less",
      experiment: ({ shape }) => relu(shape, orthogonal(2)),
      grid: { shape: ["16 layers of 16"] },
      expected: {
        value: 16 * logRatio(16, "orthogonal-relu").variance,
        spread: Math.sqrt(16 * logRatio(16, "orthogonal-relu").variance),
        family: familyOfSum(logRatio(16, "orthogonal-relu"), 16),
      },
      replicates: { smoke: 8192, full: 8192 },
    },
  ],
  tiers: {
    smoke: { replicates: 12288 },
    full: { replicates: ({ shape }) => (shape === "16 layers of 16" ? 12288 : 14336) },
    deep: {
      replicates: 51200,
      within: ({ shape }) => 0.075 * variance(shape),
      because: "a quarter of the distance of the leading order",
    },
  },
});
