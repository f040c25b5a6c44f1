import { type Cumulant, ENSEMBLE, logNormCumulant } from "../../../benchmarks/relatives/log-norm-cumulant.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { heNormal, type Initialisation, mlp, xavierNormal } from "../../../src/lab/networks/network.ts";
import { type LogRatio, logRatio } from "../width/log-norm.theory.ts";
import { meanOfEnsemble, varianceOfEnsemble } from "./ensemble-cumulants.theory.ts";

interface Square {
  readonly activation: "linear" | "relu";
  readonly width: number;
}

const square = ({ activation, width }: Square, init: Initialisation, cumulant: Cumulant) =>
  logNormCumulant(mlp({ width, depth: width, activation, init }), cumulant);
const ownGain = { linear: xavierNormal, relu: heNormal };
const othersGain = { linear: heNormal, relu: xavierNormal };

const ownRatio = ({ activation, width }: Square) => logRatio(width, activation);
/** He's gain adds ln 2 to the log ratio of each layer of a linear network, Xavier's takes it from a ReLU network's. */
function othersRatio(cell: Square): LogRatio {
  const ratio = ownRatio(cell);
  return { ...ratio, mean: ratio.mean + (cell.activation === "linear" ? Math.LN2 : -Math.LN2) };
}

/** What is known of both arms: ln of the squared norm adds up as many independent log ratios as there are layers. */
function expectedOf(ratioOf: (cell: Square) => LogRatio) {
  const mean = (cell: Square) => meanOfEnsemble(ratioOf(cell), cell.width, ENSEMBLE);
  const variance = (cell: Square) => varianceOfEnsemble(ratioOf(cell), cell.width, ENSEMBLE);
  return {
    value: (cell: Square) => mean(cell).mean / variance(cell).mean,
    spread: (cell: Square) => mean(cell).spread,
    family: (cell: Square) => mean(cell).family,
    against: { spread: (cell: Square) => variance(cell).spread, family: (cell: Square) => variance(cell).family },
  };
}

export default defineClaim({
  id: "orvieto2021/relatives/log-norm-falls-by-half-its-variance",
  title: "The log signal falls by half of its variance, whatever the activation",
  statement: String.raw`At the gain that keeps $\mathbb E\|h_L\|^2$, $\mathbb E \ln\|h_L\|^2 / \mathrm{Var} \ln\|h_L\|^2 \to -\frac12$ as width and depth grow together, for linear and for ReLU networks alike: within 0.05 of it at $d = L = 64$, where the exact ratios are $-0.495$ and $-0.483$.`,
  source: { paper: "haninnica2020@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { standardGain: "the gain keeps the mean squared norm" },
  grid: { activation: ["linear", "relu"], width: [64, 128] },
  experiment: (cell) => square(cell, ownGain[cell.activation], "mean"),
  against: (cell) => square(cell, ownGain[cell.activation], "variance"),
  prediction: {
    says: "equals",
    statistic: "ratio-of-means",
    of: "cumulant",
    value: -1 / 2,
    within: 0.05,
    because: "a tenth of it, three times what width 64 leaves of corrections to ReLU networks' mean and variance",
    expected: expectedOf(ownRatio),
  },
  rivals: [
    { value: 0, because: "a mean of 0, as the mean square of 1 suggests" },
    { value: -1, because: "the norm in place of its square: half of the mean over a quarter of the variance" },
  ],
  controls: [
    {
      breaks: "standardGain",
      because: "each other's gain moves the mean by ln 2 a layer and leaves the variance",
      experiment: (cell) => square(cell, othersGain[cell.activation], "mean"),
      grid: { width: [64] },
      expected: expectedOf(othersRatio),
      replicates: { smoke: 256, full: 256 },
    },
  ],
  tiers: {
    smoke: { replicates: 256, grid: { width: [64] } },
    full: { replicates: 3584, grid: { width: [64] } },
    deep: {
      replicates: ({ width }) => (width === 64 ? 20480 : 8192),
      within: 0.03,
      because: "twice what width 64 leaves",
    },
  },
});
