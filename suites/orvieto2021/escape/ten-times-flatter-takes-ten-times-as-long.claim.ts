import { diffusionExit } from "../../../benchmarks/diffusion-exit.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { EXIT_DEVIATION, EXIT_FAMILY, MEAN_MINUS_LOG_NORMAL, meanScaledExit, noisyAscent } from "./exit-time.theory.ts";

const KICK = 0.01;
const RADIUS = 1;
const FLATTER = 10;
/** ln(R / r) + E(-ln|Z|): the mean time in units of the plateau's growth. */
const SCALED_TIME = Math.log(RADIUS / KICK) + MEAN_MINUS_LOG_NORMAL;
/** And half a step for rounding up. */
const meanSteps = (growth: number) => SCALED_TIME / Math.log1p(growth) + 0.5;

const kicked = (growth: number) =>
  diffusionExit(
    {
      curvature: growth,
      noise: 0,
      rate: 1,
      radius: RADIUS,
      directions: 1,
      start: { kick: KICK },
      maxSteps: Math.ceil(80 / growth),
    },
    { meanSteps: meanSteps(growth) },
  );

/** Noise with which the flatter plateau is left by chance before it is by its slope: kappa is 1. */
const noisy = (growth: number) => ({ growth, step: RADIUS * Math.sqrt(growth), radius: RADIUS });
const meanNoisySteps = (growth: number) => meanScaledExit(noisy(growth)) / Math.log1p(growth);

export default defineClaim({
  id: "orvieto2021/escape/ten-times-flatter-takes-ten-times-as-long",
  title: "A plateau with a tenth of the curvature takes ten times as long to leave",
  statement: String.raw`From the same random kick gradient descent on $-\mu x^2/2$ takes ten times as many steps on average where $\mu$ is a tenth: $E\,T(\mu/10) / E\,T(\mu) = 10$ within a twentieth.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { slope: "after the kick nothing but the slope moves the point" },
  grid: { growth: [0.04, 0.004] },
  experiment: ({ growth }) => kicked(growth / FLATTER),
  against: ({ growth }) => kicked(growth),
  prediction: {
    says: "equals",
    statistic: "ratio-of-means",
    of: "steps",
    value: FLATTER,
    within: 0.5,
    because:
      "a twentieth; ln(1 + growth) in place of growth, and half a step for rounding up, leave 9.79 and 9.98 of the ten",
    expected: {
      value: ({ growth }) => meanSteps(growth / FLATTER) / meanSteps(growth),
      spread: EXIT_DEVIATION / SCALED_TIME,
      family: EXIT_FAMILY,
      against: { spread: EXIT_DEVIATION / SCALED_TIME, family: EXIT_FAMILY },
    },
  },
  rivals: [
    { value: 1, because: "no dependence on curvature, as for adaptive methods" },
    { value: Math.sqrt(FLATTER), because: "a time as the root of the curvature, as momentum has in a convex valley" },
  ],
  controls: [
    {
      breaks: "slope",
      because: "noise at each step that does not fall with curvature leaves the flatter plateau before its slope does",
      experiment: ({ growth }) =>
        diffusionExit(noisyAscent(noisy(growth / FLATTER)), { meanSteps: meanNoisySteps(growth / FLATTER) }),
      grid: { growth: [0.004] },
      expected: {
        value: ({ growth }) => meanNoisySteps(growth / FLATTER) / meanSteps(growth),
        spread: 0.8,
        // From a point that reflects, a time to leave is a sum of independent exponential ones (Karlin and McGregor 1959).
        family: { skewness: 2, excessKurtosis: 6 },
      },
      replicates: { smoke: 512, full: 1024 },
    },
  ],
  tiers: {
    smoke: { replicates: 4096, grid: { growth: [0.004] } },
    full: { replicates: 9216 },
    deep: {
      replicates: 22528,
      grid: { growth: [0.004] },
      within: 0.2,
      because: "a fiftieth: ten times what the steps' finite size leaves",
    },
  },
});
