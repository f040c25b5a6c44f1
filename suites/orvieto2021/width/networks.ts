import { forwardLogNorm } from "../../../benchmarks/forward-log-norm.ts";
import type { Sampling } from "../../../src/lab/contract/propagation.ts";
import { heNormal, mlp } from "../../../src/lab/networks/network.ts";

/** Squared norm after a He-initialised ReLU network. */
export const reluNetwork = (width: number, depth: number) =>
  forwardLogNorm(mlp({ width, depth, activation: "relu", init: heNormal }), undefined, samplingAt(width));

/**
 * From width 128 on, which only the deep tier has, Gaussian networks are sampled law-exactly: 65 times faster there, and the
 * claims about sampling watch over it at this very width.
 */
export const samplingAt = (width: number): Sampling => (width >= 128 ? "law-exact" : "direct");

/** Width 3 sqrt(depth): below order depth. */
export const rootWidth = (depth: number) => Math.round(3 * Math.sqrt(depth));
