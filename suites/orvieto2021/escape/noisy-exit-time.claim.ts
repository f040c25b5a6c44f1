import { diffusionExit } from "../../../benchmarks/diffusion-exit.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { EXIT_DEVIATION, meanScaledExit, NOISY_EXIT_FAMILY, noisyAscent, type Plateau } from "./exit-time.theory.ts";

/** a <= 0.04 and s <= 0.02 R, where the discrete corrections hold to about 1 %; kappa = a R^2 / s^2 is 100 to 10,000. */
const PLATEAUS = {
  "kappa 100": { growth: 0.01, step: 0.01, radius: 1 },
  "kappa 1000": { growth: 0.01, step: 0.01 / Math.sqrt(10), radius: 1 },
  "kappa 10000": { growth: 0.01, step: 0.001, radius: 1 },
} as const satisfies Readonly<Record<string, Plateau>>;

const exit = (plateau: Plateau, directions = 1) =>
  diffusionExit(noisyAscent(plateau, directions), { meanSteps: meanScaledExit(plateau) / plateau.growth });
/** Fixed noise: the same step at a hundredth of the curvature. */
const flatter = (plateau: Plateau): Plateau => ({ ...plateau, growth: plateau.growth / 10, step: plateau.step });

export default defineClaim({
  id: "orvieto2021/escape/noisy-exit-time",
  title: "Stochastic descent's escape time has the exact law's mean",
  statement: String.raw`SGD from the top of $-\mu x^2/2$ leaves $|x| < R$ after a mean of $G(\kappa)/\ln(1+\eta\mu)$ steps, $G(\kappa) = 2\int_0^{\sqrt\kappa} \mathrm{Daw}$, $\kappa = \mu R^2/(\eta\sigma^2)$.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { joint: "noise and curvature are those of the formula" },
  grid: { plateau: ["kappa 100", "kappa 1000", "kappa 10000"] },
  experiment: ({ plateau }) => exit(PLATEAUS[plateau]),
  prediction: {
    says: "equals",
    statistic: "mean",
    of: "scaledTime",
    value: ({ plateau }) => meanScaledExit(PLATEAUS[plateau]),
    within: ({ plateau }) => 0.05 * meanScaledExit(PLATEAUS[plateau]),
    because: "5 %; the discrete corrections leave up to 0.1 % at a = 0.01 (simulation)",
    expected: { spread: EXIT_DEVIATION, family: NOISY_EXIT_FAMILY },
  },
  controls: [
    {
      breaks: "joint",
      because: "with the same noise at a tenth of the curvature the time in units of growth falls by ln(10) / 2",
      experiment: ({ plateau }) => exit(flatter(PLATEAUS[plateau])),
      grid: { plateau: ["kappa 1000"] },
      expected: {
        value: ({ plateau }) => meanScaledExit(flatter(PLATEAUS[plateau])),
        spread: EXIT_DEVIATION,
        family: NOISY_EXIT_FAMILY,
      },
      replicates: { smoke: 512, full: 512 },
    },
  ],
  tiers: {
    smoke: { replicates: ({ plateau }) => (plateau === "kappa 100" ? 4096 : 2304) },
    full: { replicates: ({ plateau }) => (plateau === "kappa 100" ? 4096 : 2432) },
    deep: {
      replicates: ({ plateau }) => (plateau === "kappa 100" ? 16384 : 9216),
      within: ({ plateau }) => 0.025 * meanScaledExit(PLATEAUS[plateau]),
      because: "2.5 %, far more than the discrete corrections leave",
    },
  },
});
