import type { DiffusionProcess } from "../../../src/lab/contract/diffusion.ts";
import type { Initialisation, Mlp } from "../../../src/lab/networks/network.ts";
import {
  heNormal,
  mlp,
  orthogonal,
  torchDefault,
  xavierNormal,
  xavierUniform,
} from "../../../src/lab/networks/network.ts";
import type { Dataset } from "../../../src/numerics/dataset.ts";
import { fillUniform, openStream } from "../../../src/numerics/random.ts";
import { LANES, type StreamKey, type StreamRange } from "../../../src/numerics/stream.ts";

/** The first digits of pi: nothing up our sleeves. */
export const KEY: StreamKey = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344];

/** A walk that noise drives out in two directions, mostly before its steps end. */
export const diffusion: DiffusionProcess = {
  ...{ curvature: 1, noise: 0.5, rate: 0.05, radius: 1, directions: 2, start: "origin", maxSteps: 300 },
};

export const streamsOf = (count: number, first = 0): StreamRange => ({ key: KEY, first, count });

export const cauchy: Initialisation = { law: "student-t", gain: 1, fan: "in", degreesOfFreedom: 1 };
export const student2: Initialisation = { law: "student-t", gain: 2, fan: "average", degreesOfFreedom: 2 };
export const signs: Initialisation = { law: "rademacher", gain: 2, fan: "in" };

/** Shallow networks of every law, activation and fan mode, with odd and even widths: what the naive version can follow. */
export const networks: readonly (readonly [name: string, network: Mlp])[] = [
  ["5 wide, ReLU, He normal", mlp({ width: 5, depth: 6, activation: "relu", init: heNormal })],
  ["8 wide, linear, Xavier uniform", mlp({ width: 8, depth: 4, activation: "linear", init: xavierUniform })],
  ["leaky, signs", mlp({ width: 7, depth: 5, activation: { leakySlope: 0.2 }, init: signs })],
  ["tapering, ReLU, Xavier normal", { ...layers([6, 9, 4, 3]), activation: "relu", init: xavierNormal }],
  [
    "bulging, leaky, torch's default",
    { ...layers([1, 11, 2, 5]), activation: { leakySlope: 0.01 }, init: torchDefault },
  ],
  ["3 wide, linear, Cauchy", mlp({ width: 3, depth: 4, activation: "linear", init: cauchy })],
  ["4 wide, ReLU, Student 2", { ...layers([6, 5, 4, 4]), activation: "relu", init: student2 }],
  ["17 wide, ReLU, He normal", mlp({ width: 17, depth: 3, activation: "relu", init: heNormal })],
  ["1 wide, leaky, uniform", mlp({ width: 1, depth: 9, activation: { leakySlope: 0.5 }, init: torchDefault })],
];

/** Orthogonal layers, whose propagation draws directions and whose backpropagation draws matrices. */
export const orthogonalNetworks: readonly (readonly [name: string, network: Mlp])[] = [
  ["6 wide, linear, orthogonal", mlp({ width: 6, depth: 5, activation: "linear", init: orthogonal(1) })],
  ["5 wide, ReLU, orthogonal", mlp({ width: 5, depth: 4, activation: "relu", init: orthogonal(2) })],
];

export function layers(widths: readonly number[]) {
  return { kind: "mlp", widths } as const;
}

/** 12 pictures of `width` pixels from 0 to 255 in 3 classes. */
export function picturesOf(width: number): Dataset {
  const images = new Float64Array(width * 12);
  fillUniform(openStream(KEY, 0, LANES.choice), images, 0, images.length);
  for (const [at, value] of images.entries()) images[at] = Math.floor(256 * value);
  const labels = Uint8Array.from({ length: 12 }, (_, picture) => picture % 3);
  return { name: "dots", digest: "", width, classes: 3, images, labels };
}
