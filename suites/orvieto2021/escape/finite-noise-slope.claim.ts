import { diffusionExit } from "../../../benchmarks/diffusion-exit.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import {
  deviationOfLogScaledExit,
  meanLogScaledExit,
  meanScaledExit,
  noisyAscent,
  type Plateau,
} from "./exit-time.theory.ts";

/** Curvature and noise both scaled by eps, as in a vanishing network: kappa goes from 100 to 100,000. */
const joint = (scale: number): Plateau => ({ growth: 0.04 * scale, step: 0.02 * scale, radius: 1 });
/** Noise held fixed: the escape becomes a diffusion whose time does not depend on curvature. */
const fixedNoise = (scale: number): Plateau => ({ growth: 0.04 * scale, step: 0.015, radius: 1 });
const SCALES = [1, 0.001] as const;

const exit = (plateau: Plateau) =>
  diffusionExit(
    { ...noisyAscent(plateau), maxSteps: Math.ceil(80 / Math.max(plateau.growth, plateau.step ** 2)) },
    { meanSteps: meanScaledExit(plateau) / plateau.growth },
  );
const meanLogSteps = (plateau: Plateau) => meanLogScaledExit(plateau) - Math.log(Math.log1p(plateau.growth));
const exactSlope = (meanLogSteps(joint(SCALES[0])) - meanLogSteps(joint(SCALES[1]))) / Math.log(SCALES[0] / SCALES[1]);

export default defineClaim({
  id: "orvieto2021/escape/finite-noise-slope",
  title: "Escape slows a little faster than 1/curvature when noise vanishes with it",
  statement: String.raw`When gradient and noise shrink together by $\varepsilon$ the escape time grows as $\varepsilon^{-1 - 1/(2G)}$: slope $-1.1$ on log-log axes, not $-1$.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { noiseVanishesToo: "the gradient noise is proportional to the gradient" },
  grid: { scale: SCALES },
  experiment: ({ scale }) => exit(joint(scale)),
  prediction: {
    says: "scales",
    through: "mean",
    of: "logSteps",
    along: { axis: "scale", as: ({ scale }) => Math.log(scale), named: "ln ε" },
    slope: exactSlope,
    within: 0.02,
    because: "a fifth of the distance to -1; the discrete corrections leave 0.003",
    expected: {
      // At the largest curvature the discrete corrections leave 0.0095 +- 0.0003 in ln T (simulated), 0.0014 in the slope.
      value: ({ scale }) => meanLogSteps(joint(scale)) + (scale === 1 ? 0.0095 : 0),
      spread: ({ scale }) => deviationOfLogScaledExit(joint(scale)),
      family: { skewness: 1, excessKurtosis: 2 },
    },
  },
  rivals: [{ value: -1, because: "inverse to curvature, exactly" }],
  controls: [
    {
      breaks: "noiseVanishesToo",
      because: "with fixed noise the time tends to R^2 / s^2 whatever the curvature: slope towards 0",
      experiment: ({ scale }) => exit(fixedNoise(scale)),
      expected: {
        value: ({ scale }) => Math.log(meanScaledExit(fixedNoise(scale)) / Math.log1p(fixedNoise(scale).growth)),
        spread: 0.8,
        // 20,000 exits at each scale: skewness 0.51 and -0.07, excess kurtosis 0.19 and -0.45.
        family: { skewness: 1, excessKurtosis: 1 },
      },
      replicates: { smoke: 128, full: 384 },
    },
  ],
  tiers: {
    smoke: { replicates: 64 },
    full: { replicates: 768 },
    deep: {
      replicates: 3072,
      within: 0.01,
      because: "a tenth of the distance to -1, seven times what the discrete corrections leave",
    },
  },
});
