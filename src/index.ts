/**
 * What an author of claims imports: `import { defineClaim } from "plateau"`. Networks and engines are in `plateau/lab`.
 *
 * @module plateau
 */
export type { AnyClaim, Citation, Claim, Control, Rival, Tier, TierName } from "./claim/claim.ts";
export { defineClaim } from "./claim/claim.ts";
export type { Context, Cost, Experiment, Json, Measure, Observations, Rounding } from "./claim/experiment.ts";
export { defineExperiment } from "./claim/experiment.ts";
export type { NamedInput } from "./claim/named-input.ts";
export { DatasetError, dataOf } from "./claim/named-input.ts";
export type { CommandDefinition } from "./claim/origin/command-experiment.ts";
export { commandExperiment } from "./claim/origin/command-experiment.ts";
export type { RecordedDefinition } from "./claim/origin/recorded-experiment.ts";
export { recordedExperiment } from "./claim/origin/recorded-experiment.ts";
export type { Suite } from "./claim/suite.ts";
export { defineSuite, suiteOfOne } from "./claim/suite.ts";
export type { Dataset } from "./numerics/dataset.ts";
export { cosSinTwoPi, exp, log, tanh } from "./numerics/elementary.ts";
export type { Stream } from "./numerics/random.ts";
export { fillGaussian, fillRademacher, fillUniform, nextGaussian, nextUniform, openStream } from "./numerics/random.ts";
export {
  dawson,
  digamma,
  EULER_GAMMA,
  integrate,
  logGamma,
  polygamma,
  trigamma,
} from "./numerics/special-functions.ts";
export type { Lane, StreamKey, StreamRange } from "./numerics/stream.ts";
export { LANES } from "./numerics/stream.ts";
export type { AxisValue, Cell, Grid } from "./predictions/cells.ts";
export type { Prediction } from "./predictions/kinds.ts";
export type { Expected, Value } from "./predictions/stated.ts";
