import type { Check } from "../check.ts";
import { backpropagation } from "./backpropagation.ts";
import { chains } from "./chains.ts";
import { diffusion } from "./diffusion.ts";
import { extremes } from "./extremes.ts";
import { knownDraws } from "./known-draws.ts";
import { pictures } from "./pictures.ts";
import { propagation } from "./propagation.ts";
import { repetition } from "./repetition.ts";

/** The whole contract. */
export const contract: readonly Check[] = [
  ...knownDraws,
  ...propagation,
  ...backpropagation,
  ...pictures,
  ...chains,
  ...diffusion,
  ...extremes,
  ...repetition,
];
