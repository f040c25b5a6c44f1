import type { Engine } from "../contract/engine.ts";
import { backpropagate } from "./backpropagate.ts";
import { chainWeights } from "./chain-weights.ts";
import { chainEscapes, chainTrajectories } from "./chains/chain-dynamics.ts";
import { chainHessians } from "./chains/chain-hessians.ts";
import { type Device, type DeviceOptions, openDevice } from "./device/device.ts";
import { diffusionExits } from "./diffusion/diffusion-exits.ts";
import { extremeEigenvalues } from "./program/extreme-eigenvalues.ts";
import { lossGradients } from "./program/loss-gradients.ts";
import {
  gradients,
  hessianEigenvalues,
  hessians,
  hessianVectorProducts,
  layerNorms,
  outputs,
} from "./program/model-operations.ts";
import { propagate } from "./propagate.ts";
import { propagateBatch } from "./propagate-batch.ts";
import { trajectories } from "./training/trajectories.ts";

/** Rises with every change of a shader that may change an observation. */
const SHADERS = "10";

/**
 * Float32 on a graphics card, through WebGPU (Dawn, the package `webgpu`): thousands of networks a dispatch, norms in the log domain.
 * Draws are those of `reference`, rounded; `docs/engines/webgpu.md` has the bounds.
 * @throws UnsupportedError where the package or an adapter is missing, naming the cure
 */
export async function openWebgpu(options: DeviceOptions = {}): Promise<Engine> {
  const device = await openDevice(options);
  return {
    name: "webgpu",
    versions: versionsOf(device),
    propagate: (request) => propagate(device, request),
    backpropagate: (request) => backpropagate(device, request),
    gradients: (request) => gradients(device, request),
    hessianVectorProducts: (request) => hessianVectorProducts(device, request),
    hessians: (request) => hessians(device, request),
    propagateBatch: (request) => propagateBatch(device, request),
    lossGradients: (request) => lossGradients(device, request),
    chainWeights: (request) => chainWeights(device, request),
    chainHessians: (request) => chainHessians(device, request),
    diffusionExits: (request) => diffusionExits(device, request),
    chainEscapes: (request) => chainEscapes(device, request),
    chainTrajectories: (request) => chainTrajectories(device, request),
    layerNorms: (request) => layerNorms(device, request),
    outputs: (request) => outputs(device, request),
    hessianEigenvalues: (request) => hessianEigenvalues(device, request),
    extremeEigenvalues: (request) => extremeEigenvalues(device, request),
    trajectories: (request) => trajectories(device, request),
  };
}

function versionsOf({ adapter }: Device): Readonly<Record<string, string>> {
  const { vendor, architecture, device, description, backend, fallback, webgpu } = adapter;
  return {
    ...{ webgpu, shaders: SHADERS, vendor, architecture, device, description, backend },
    fallback: fallback ? "true: a software adapter, none other was found" : "false",
  };
}
