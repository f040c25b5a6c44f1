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
import type { Activation } from "../../networks/network.ts";
import { requireFinite } from "../device/requirements.ts";

/** A network that the shaders differentiate: dense layers and activations. */
export interface ModelPlan {
  readonly steps: readonly Step[];
  /** How many of the steps come before each point: the input, and what leaves each of the network's layers. */
  readonly points: readonly number[];
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

export type Step =
  | {
      readonly kind: "dense";
      readonly columns: number;
      readonly rows: number;
      readonly weights: number;
      readonly bias: number | undefined;
    }
  | {
      readonly kind: "activation";
      readonly activation: Exclude<Activation, "linear"> | "tanh";
      readonly size: number;
    };

/**
 * @throws RangeError for a request that no engine could answer
 * @throws UnsupportedError for layers that the shaders do not have, and for numbers that are not finite
 */
export function planModel(request: ModelRequest): ModelPlan {
  const { loss, batch } = request;
  if (request.offset !== undefined) requireFinite(request.offset, "offsets");
  const layers = placeLayers(request.network);
  const arrays = arraysOf(layers);
  const outputSize = sizeOf(layers[layers.length - 1]!.output);
  const steps = layers.map(stepsOf);
  return {
    loss,
    steps: steps.flat(),
    points: [0, ...steps.map((_, layer) => steps.slice(0, layer + 1).flat().length)],
    arrays,
    count: countOf(arrays),
    batch: batch.size,
    inputSize: sizeOf(request.network.input),
    outputSize,
    targetCount: loss === "squared" ? batch.size * outputSize : batch.size,
  };
}

function stepsOf({ description, arrays, output }: PlacedLayer): readonly Step[] {
  if (description.kind === "dense") {
    const { rows, columns, offset } = arrays[0]!;
    return [{ kind: "dense", rows, columns, weights: offset, bias: arrays[1]?.offset }];
  }
  if (description.kind === "activation") {
    const { activation } = description;
    if (activation !== "tanh" && isSmooth(activation)) {
      throw new UnsupportedError(`engine webgpu has tanh alone of the curved activations, got ${activation}`);
    }
    return activation === "linear" ? [] : [{ kind: "activation", activation, size: sizeOf(output) }];
  }
  throw new UnsupportedError(`engine webgpu differentiates dense layers and activations, got ${description.kind}`);
}
