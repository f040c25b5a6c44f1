import { diffusionExit } from "../../../benchmarks/diffusion-exit.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { digamma } from "../../../src/numerics/special-functions.ts";
import { EXIT_DEVIATION, EXIT_FAMILY, familyInDirections, MEAN_MINUS_LOG_NORMAL } from "./exit-time.theory.ts";

const KICK = 0.01;
const RADIUS = 1;
/** ln(R / r) + E(-ln|Z|), and half a step for rounding up. */
const scaledTime = (curvature: number) => Math.log(RADIUS / KICK) + MEAN_MINUS_LOG_NORMAL + Math.log1p(curvature) / 2;
const DIRECTIONS = 20;
const kicked = (curvature: number, directions: number) =>
  diffusionExit(
    {
      curvature,
      noise: 0,
      rate: 1,
      radius: RADIUS,
      directions,
      start: { kick: KICK },
      maxSteps: Math.ceil(80 / curvature),
    },
    { meanSteps: scaledTime(curvature) / Math.log1p(curvature) },
  );

export default defineClaim({
  id: "orvieto2021/escape/kicked-descent-time",
  title: "After one random kick the mean escape time is inverse to curvature",
  statement: String.raw`From a kick $x_0 \sim \mathcal N(0, r^2)$, $\mathbb E T = (\ln(R/r) + \frac{\gamma + \ln 2}{2}) / \ln(1 + \eta\mu)$.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { oneDirection: "one direction of negative curvature" },
  grid: { growth: [0.04, 0.004] },
  experiment: ({ growth }) => kicked(growth, 1),
  prediction: {
    says: "equals",
    statistic: "mean",
    of: "scaledTime",
    value: ({ growth }) => scaledTime(growth),
    within: ({ growth }) => 0.05 * scaledTime(growth),
    because: "5 %: leaving out E(-ln|Z|) would be 12 %",
    expected: { spread: EXIT_DEVIATION, family: EXIT_FAMILY },
  },
  rivals: [{ value: Math.log(RADIUS / KICK), because: "a start at exactly one deviation" }],
  controls: [
    {
      breaks: "oneDirection",
      because: "with twenty equal directions the longest part of the kick wins",
      experiment: ({ growth }) => kicked(growth, DIRECTIONS),
      expected: {
        // E ln chi_k = (psi(k/2) + ln 2) / 2.
        value: ({ growth }) =>
          Math.log(RADIUS / KICK) - (digamma(DIRECTIONS / 2) + Math.LN2) / 2 + Math.log1p(growth) / 2,
        spread: 0.16,
        family: familyInDirections(DIRECTIONS),
      },
      replicates: { smoke: 1024, full: 1024 },
    },
  ],
  tiers: {
    smoke: { replicates: 1664 },
    full: { replicates: 1792 },
    deep: {
      replicates: 6656,
      within: ({ growth }) => 0.025 * scaledTime(growth),
      because: "2.5 %: the time is exact but for the rounding up",
    },
  },
});
