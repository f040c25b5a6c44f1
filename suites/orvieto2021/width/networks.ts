import { forwardLogNorm } from "../../../benchmarks/forward-log-norm.ts";
import { heNormal, mlp } from "../../../src/networks/network.ts";

/** Squared norm after a He-initialised ReLU network. */
export const reluNetwork = (width: number, depth: number) =>
  forwardLogNorm(mlp({ width, depth, activation: "relu", init: heNormal }));

/** Width 3 sqrt(depth): below order depth. */
export const rootWidth = (depth: number) => Math.round(3 * Math.sqrt(depth));
