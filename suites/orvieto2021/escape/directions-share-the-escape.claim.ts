import { diffusionExit } from "../../../benchmarks/diffusion-exit.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { trigamma } from "../../../src/numerics/special-functions.ts";
import { familyInDirections, meanScaledExitInDirections, NOISY_EXIT_FAMILY, noisyAscent } from "./exit-time.theory.ts";

const PLATEAU = { growth: 0.01, step: 0.003, radius: 1 } as const;
const mean = (directions: number) => meanScaledExitInDirections(PLATEAU, directions);
const exit = (directions: number) =>
  diffusionExit(noisyAscent(PLATEAU, directions), { meanSteps: mean(directions) / PLATEAU.growth });

/** Networks a cell at the full tier. */
const REPLICATES = { 2: 1216, 5: 768, 20: 768 } as const;

export default defineClaim({
  id: "orvieto2021/escape/directions-share-the-escape",
  title: "More equally unstable directions shorten the escape by ψ(k/2)/2",
  statement: String.raw`With $k$ equally unstable directions $\mathbb E T = (\ln\kappa - \psi(k/2)) / (2\eta\mu)$.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { allUnstable: "all k directions have the same negative curvature" },
  grid: { directions: [2, 5, 20] },
  experiment: ({ directions }) => exit(directions),
  prediction: {
    says: "equals",
    statistic: "mean",
    of: "scaledTime",
    value: ({ directions }) => mean(directions),
    within: ({ directions }) => 0.05 * mean(directions),
    because: "5 %; one direction more or less changes the mean by 1 % (k = 20) to 18 % (k = 2)",
    expected: {
      spread: ({ directions }) => Math.sqrt(trigamma(directions / 2)) / 2,
      family: ({ directions }) => familyInDirections(directions),
    },
  },
  rivals: [{ value: mean(1), because: "the time of one direction" }],
  controls: [
    {
      breaks: "allUnstable",
      because: "one unstable direction alone takes longer",
      experiment: () => exit(1),
      grid: { directions: [5] },
      expected: { value: mean(1), spread: 1.11, family: NOISY_EXIT_FAMILY },
      replicates: { smoke: 512, full: 512 },
    },
  ],
  tiers: {
    smoke: { replicates: ({ directions }) => REPLICATES[directions] },
    full: { replicates: ({ directions }) => REPLICATES[directions] },
    deep: {
      replicates: ({ directions }) => 4 * REPLICATES[directions],
      within: ({ directions }) => 0.025 * mean(directions),
      because: "2.5 %: tells five directions from four or six; the formula, for large kappa, leaves 0.5 % (simulated)",
    },
  },
});
