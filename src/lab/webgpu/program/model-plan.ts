import { UnsupportedError } from "../../contract/engine.ts";
import type { Loss, ModelRequest } from "../../contract/model-request.ts";
import { isSmooth } from "../../networks/architecture.ts";
import {
  arraysOf,
  countOf,
  type ParameterArray,
  type PlacedLayer,
  placeLayers,
  sizeOf,
} from "../../networks/layered-network.ts";
import { requireFinite } from "../device/requirements.ts";
import { isCurved } from "./elementwise-pass.ts";
import { requireEpsilon } from "./normalisation-passes.ts";

/** A network that the shaders differentiate. */
export interface ModelPlan {
  readonly layers: readonly PlacedLayer[];
  readonly arrays: readonly ParameterArray[];
  /** Parameters. */
  readonly count: number;
  readonly loss: Loss;
  readonly batch: number;
  readonly inputSize: number;
  readonly outputSize: number;
  /** Numbers of a replicate's targets: a row an example, or a class. */
  readonly targetCount: number;
}

/**
 * @throws RangeError for a request that no engine could answer
 * @throws UnsupportedError for what the shaders do not have, and for numbers that float32 does not hold
 */
export function planModel(request: ModelRequest): ModelPlan {
  const { loss, batch } = request;
  if (request.offset !== undefined) requireFinite(request.offset, "offsets");
  const layers = placeLayers(request.network);
  requireLayers(layers);
  const arrays = arraysOf(layers);
  const outputSize = sizeOf(layers[layers.length - 1]!.output);
  return {
    ...{ loss, layers, arrays, outputSize },
    count: countOf(arrays),
    batch: batch.size,
    inputSize: sizeOf(request.network.input),
    targetCount: loss === "squared" ? batch.size * outputSize : batch.size,
  };
}

function requireLayers(layers: readonly PlacedLayer[]): void {
  for (const { description, branch } of layers) {
    if (description.kind === "activation") requireCurve(description.activation);
    if ("epsilon" in description) requireEpsilon(description.epsilon);
    requireLayers(branch);
  }
}

function requireCurve(activation: Parameters<typeof isSmooth>[0]): void {
  if (!isSmooth(activation) || isCurved(activation)) return;
  throw new UnsupportedError(
    `engine webgpu has tanh and sigmoid alone of the curved activations, got ${activation}: no shader has a bounded one`,
  );
}
