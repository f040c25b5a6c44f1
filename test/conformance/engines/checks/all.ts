import type { Check } from "../check.ts";
import { backpropagation } from "./backpropagation.ts";
import { chains } from "./chains.ts";
import { diffusion } from "./diffusion.ts";
import { extremes } from "./extremes.ts";
import { knownDraws } from "./known-draws.ts";
import { largerModelChecks } from "./larger-models.ts";
import { laws } from "./laws.ts";
import { modelDifferences } from "./model-differences.ts";
import { modelExtremes } from "./model-extremes.ts";
import { modelIdentities } from "./model-identities.ts";
import { modelOracle } from "./model-oracle.ts";
import { modelStructure } from "./model-structure.ts";
import { modelTrajectories } from "./model-trajectories.ts";
import { pictures } from "./pictures.ts";
import { propagation } from "./propagation.ts";
import { repetition } from "./repetition.ts";

/** The whole contract. */
export const contract: readonly Check[] = [
  ...knownDraws,
  ...propagation,
  ...backpropagation,
  ...laws,
  ...pictures,
  ...chains,
  ...diffusion,
  ...extremes,
  ...modelOracle,
  ...modelDifferences,
  ...modelStructure,
  ...modelIdentities,
  ...modelTrajectories,
  ...modelExtremes,
  ...largerModelChecks,
  ...repetition,
];
