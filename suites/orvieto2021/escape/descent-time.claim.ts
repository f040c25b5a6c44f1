import { diffusionExit } from "../../../benchmarks/diffusion-exit.ts";
import { defineClaim } from "../../../src/claim/claim.ts";

const START = 1e-3;
const RADIUS = 1;
const RATE = 0.1;
const formula = (curvature: number) => Math.log(RADIUS / START) / Math.log1p(RATE * curvature);
const descent = (curvature: number, noise: number) =>
  diffusionExit(
    { curvature, noise, rate: RATE, radius: RADIUS, directions: 1, start: { at: START }, maxSteps: 1e7 },
    { meanSteps: formula(curvature), formula: formula(curvature) },
  );

export default defineClaim({
  id: "orvieto2021/escape/descent-time",
  title: "Noiseless descent leaves a plateau in a time inverse to its curvature",
  statement: String.raw`On $-\mu x^2/2$ gradient descent needs $\ln(R/x_0)/\ln(1 + \eta\mu)$ steps from $x_0$ to $R$: asymptotically $\propto 1/\mu$.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { noiseless: "the gradient is exact" },
  grid: { curvature: [1, 0.1, 0.01, 0.001, 0.0001] },
  experiment: ({ curvature }) => descent(curvature, 0),
  prediction: {
    says: "is-identity",
    of: "stepsOff",
    bound: 1 + 1e-6,
    because:
      "the step is the formula's, rounded up: less than one step off, and rounding of 1e-16 a step over 1e6 steps at most",
  },
  controls: [
    {
      breaks: "noiseless",
      because: "noise as large as the start moves the time by many steps",
      experiment: ({ curvature }) => descent(curvature, 0.01),
      grid: { curvature: [0.01] },
      expected: { value: 100 },
      replicates: { smoke: 64, full: 64 },
    },
  ],
  tiers: {
    smoke: { replicates: 1, grid: { curvature: [1, 0.1, 0.01, 0.001] } },
    full: { replicates: 1, grid: { curvature: [1, 0.1, 0.01, 0.001] } },
    deep: { replicates: 1 },
  },
});
