import { forwardLogNorm } from "../../../benchmarks/forward-log-norm.ts";
import { gradientLogNorm } from "../../../benchmarks/gradient-log-norm.ts";
import type { Sampling } from "../../../src/lab/contract/propagation.ts";
import { heNormal, type Initialisation, mlp } from "../../../src/lab/networks/network.ts";

export const DEPTH = 32;

/** A ReLU network of 32 layers: four times as deep as wide, as deep as wide, a quarter as deep as wide. */
export const reluNetwork = (width: number, init: Initialisation = heNormal) =>
  mlp({ width, depth: DEPTH, activation: "relu", init });

export const signal = (width: number, sampling: Sampling) => forwardLogNorm(reluNetwork(width), undefined, sampling);
export const gradient = (width: number, sampling: Sampling) => gradientLogNorm(reluNetwork(width), sampling);
