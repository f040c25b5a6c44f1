import { defineClaim } from "../../../src/claim/claim.ts";
import { familyOfSum, logRatio } from "./log-norm.theory.ts";
import { reluNetwork, rootWidth } from "./networks.ts";

/** Of the full tier: the deep one has others, whose exact slope is 0.6 % steeper. */
const DEPTHS = [9, 25, 64, 144] as const;
const mean = (depth: number) => depth * logRatio(rootWidth(depth), "relu").mean;

/** Least-squares slope in sqrt(depth) of the exact means: what the finite grid gives, -5/6 in the limit. */
function exactSlope(): number {
  const roots = DEPTHS.map(Math.sqrt);
  const centre = roots.reduce((sum, root) => sum + root, 0) / roots.length;
  const squares = roots.reduce((sum, root) => sum + (root - centre) ** 2, 0);
  return DEPTHS.reduce((sum, depth, index) => sum + ((roots[index]! - centre) * mean(depth)) / squares, 0);
}

export default defineClaim({
  id: "orvieto2021/width/square-root-width-vanishes",
  title: "Along d = 3 √L the log norm falls in proportion to √L",
  statement: String.raw`Along $d = 3\sqrt L$, $\mathbb E \ln\|h_L\|^2 \approx -\frac{5}{6}\sqrt L$: a width that grows, but slower than depth, does not prevent vanishing.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { slowerThanDepth: "width grows like the square root of depth" },
  grid: { depth: [9, 16, 25, 64, 144, 256] },
  experiment: ({ depth }) => reluNetwork(rootWidth(depth), depth),
  prediction: {
    says: "scales",
    through: "mean",
    of: "logNormSquared",
    given: "alive",
    along: { axis: "depth", as: ({ depth }) => Math.sqrt(depth), named: "√depth" },
    slope: exactSlope(),
    within: 0.1 * Math.abs(exactSlope()),
    because: "10 % of the exact finite-grid slope; no slope (d = 2L) is ten margins away",
    expected: {
      value: ({ depth }) => mean(depth),
      spread: ({ depth }) => Math.sqrt(depth * logRatio(rootWidth(depth), "relu").variance),
      family: ({ depth }) => familyOfSum(logRatio(rootWidth(depth), "relu"), depth),
      counts: ({ depth }) => (1 - 2 ** -rootWidth(depth)) ** depth,
    },
  },
  rivals: [{ value: 0, because: "no dependence on depth, as along d = 2L" }],
  controls: [
    {
      breaks: "slowerThanDepth",
      because: "along d = 2L the mean stays at about -1.3",
      experiment: ({ depth }) => reluNetwork(2 * depth, depth),
      grid: { depth: [9, 25] },
      expected: {
        value: ({ depth }) => depth * logRatio(2 * depth, "relu").mean,
        spread: ({ depth }) => Math.sqrt(depth * logRatio(2 * depth, "relu").variance),
        family: ({ depth }) => familyOfSum(logRatio(2 * depth, "relu"), depth),
      },
      replicates: { smoke: 256, full: 1024 },
    },
  ],
  tiers: {
    smoke: { replicates: 256, grid: { depth: [9, 25, 64] } },
    full: { replicates: 4608, grid: { depth: DEPTHS } },
    deep: {
      replicates: 16384,
      grid: { depth: [16, 64, 256] },
      within: 0.05 * Math.abs(exactSlope()),
      because: "5 %: the exact slope between the deep tier's own depths lies 0.6 % off",
    },
  },
});
