import type { Optimiser } from "../../networks/optimiser.ts";
import { adamScales } from "../../program/adam-scales.ts";
import { stateOf } from "../../program/optimiser-state.ts";
import { KERNEL_CONSTANTS } from "../kernel-functions.ts";
import type { Kernels } from "../module.ts";

/** Byte offsets of kernels/chains/chain-frame.ts and native/chains/chain-frame.h, the output being first. */
export function frameOf(chains: number) {
  const settings = 76 * chains;
  const end = settings + 8 * SETTINGS;
  return { active: 32 * chains, escaped: 40 * chains, steps: 72 * chains, settings, layers: Math.ceil(end / 64) * 64 };
}

/** Numbers that all chains of a frame share. */
const SETTINGS = 9;

const KINDS: { readonly [name in Optimiser["name"]]: number } = {
  "gradient-descent": KERNEL_CONSTANTS.KIND_GRADIENT_DESCENT,
  momentum: KERNEL_CONSTANTS.KIND_MOMENTUM,
  "sign-descent": KERNEL_CONSTANTS.KIND_SIGN_DESCENT,
  "normalised-descent": KERNEL_CONSTANTS.KIND_NORMALISED_DESCENT,
  "clipped-descent": KERNEL_CONSTANTS.KIND_CLIPPED_DESCENT,
  rmsprop: KERNEL_CONSTANTS.KIND_RMSPROP,
  adam: KERNEL_CONSTANTS.KIND_ADAM,
  adagrad: KERNEL_CONSTANTS.KIND_ADAGRAD,
};

/** Chains side by side in the kernels' memory. */
export interface ChainPlaces {
  readonly at: number;
  readonly depth: number;
  /** How many of them. */
  readonly chains: number;
  /** Bytes a layer: the weights, and what an optimiser needs. */
  readonly stride: number;
  readonly steps: Int32Array;
  readonly layers: Float64Array;
}

/** With an optimiser and its state. */
export interface ChainFrame extends ChainPlaces {
  readonly kind: number;
  /** Whether a denominator can be 0. */
  readonly guarded: boolean;
  /** Address and length of Adam's table of scales. */
  readonly table: number;
  readonly last: number;
  /** Products of all weights. */
  readonly outputs: Float64Array;
  /** All bits of a chain that is still followed; all bits of one that has reached half the target. */
  readonly active: BigInt64Array;
  readonly escaped: BigInt64Array;
}

export interface FrameRequest {
  readonly depth: number;
  readonly optimiser: Optimiser;
  readonly target: number;
  readonly lossScale: number;
  /** The most steps that a chain will take. */
  readonly steps: number;
}

export function frameBytes({ chains }: Kernels, request: FrameRequest): number {
  return placesBytes(chains, request.depth, strideOf(chains, request.optimiser)) + 16 * tableLength(request);
}

export function placesBytes(chains: number, depth: number, stride: number): number {
  return frameOf(chains).layers + depth * stride;
}

/** At address `at` of a memory that must not grow while they are used. */
export function openPlaces(kernels: Kernels, at: number, depth: number, stride: number): ChainPlaces {
  const { buffer } = kernels.memory;
  const { chains } = kernels;
  const { steps, layers } = frameOf(chains);
  return {
    ...{ at, depth, chains, stride },
    steps: new Int32Array(buffer, at + steps, chains),
    layers: new Float64Array(buffer, at + layers, (depth * stride) / 8),
  };
}

/** A frame at address `at` of a memory that must not grow while it is used. */
export function openFrame(kernels: Kernels, at: number, request: FrameRequest): ChainFrame {
  const { buffer } = kernels.memory;
  const { chains } = kernels;
  const { depth, optimiser } = request;
  const stride = strideOf(chains, optimiser);
  const last = tableLength(request);
  const table = at + placesBytes(chains, depth, stride);
  const { active, escaped, settings, layers } = frameOf(chains);
  new Float64Array(buffer, at, layers / 8).fill(0);
  new Float64Array(buffer, at + settings, SETTINGS).set(settingsOf(request));
  fillTable(new Float64Array(buffer, table, 2 * last), optimiser);
  return {
    ...openPlaces(kernels, at, depth, stride),
    kind: KINDS[optimiser.name],
    guarded: "epsilon" in optimiser && optimiser.epsilon === 0,
    table,
    last,
    outputs: new Float64Array(buffer, at, chains),
    active: new BigInt64Array(buffer, at + active, chains),
    escaped: new BigInt64Array(buffer, at + escaped, chains),
  };
}

/** Puts a chain in place `lane`, with an optimiser that has not begun. */
export function placeChain(places: ChainPlaces, lane: number, weights: Float64Array): void {
  const { layers, depth, chains, stride, steps } = places;
  steps[lane] = 0;
  for (let layer = 0; layer < depth; layer++) {
    const at = (layer * stride) / 8 + lane;
    layers[at] = weights[layer]!;
    for (let state = at + 2 * chains; state < at + stride / 8; state += chains) layers[state] = 0;
  }
}

/** Weights and products, then m and v where they are kept: a number a chain each. */
function strideOf(chains: number, optimiser: Optimiser): number {
  const { first, second } = stateOf(optimiser);
  return 8 * chains * (2 + Number(first) + Number(second));
}

/** From `target` on, in the order of kernels/chains/chain-frame.ts. */
function settingsOf({ optimiser, target, lossScale }: FrameRequest): readonly number[] {
  const keepFirst = "beta1" in optimiser ? optimiser.beta1 : "momentum" in optimiser ? optimiser.momentum : 0;
  const keepSecond = "beta2" in optimiser ? optimiser.beta2 : "decay" in optimiser ? optimiser.decay : 0;
  const epsilon = "epsilon" in optimiser ? optimiser.epsilon : 0;
  const threshold = "threshold" in optimiser ? optimiser.threshold : 0;
  const shares = [keepFirst, 1 - keepFirst, keepSecond, 1 - keepSecond];
  return [target, lossScale, optimiser.rate, ...shares, epsilon, threshold];
}

/**
 * Adam's scales change until both powers are lost beside 1, which they certainly are below 2^-60: for 1 - 1e-3 that takes some
 * 40,000 steps, and the table needs no more rows.
 */
function tableLength({ optimiser, steps }: FrameRequest): number {
  if (optimiser.name !== "adam") return 0;
  const share = Math.max(optimiser.beta1, optimiser.beta2);
  let length = 1;
  while (length < steps && share ** length > 2 ** -60) length *= 2;
  return Math.min(length, steps);
}

function fillTable(table: Float64Array, optimiser: Optimiser): void {
  if (optimiser.name !== "adam") return;
  for (let row = 0; row < table.length / 2; row++) {
    const { rate, square } = adamScales(optimiser, row + 1);
    // The kernels add what the reference subtracts.
    table[2 * row] = -rate;
    table[2 * row + 1] = square;
  }
}
