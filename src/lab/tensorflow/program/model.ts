import type { ModelRequest } from "../../contract/model-request.ts";
import {
  arraysOf,
  countOf,
  type ParameterArray,
  type PlacedLayer,
  placeLayers,
  sizeOf,
} from "../../networks/layered-network.ts";
import type { Pointwises } from "../activations.ts";
import type { Library, Tensor } from "../library.ts";
import { layerFunction } from "./layer-function.ts";
import { modelLoss } from "./model-loss.ts";

/** A loss as a function of parameters, for many networks at once: each row is a network with its own batch. */
export interface Model {
  readonly request: ModelRequest;
  readonly arrays: readonly ParameterArray[];
  /** Number of parameters. */
  readonly parameters: number;
  readonly inputSize: number;
  readonly outputSize: number;
  /** Float32 numbers that one row's forward pass leaves behind, about. */
  readonly activations: number;
  /**
   * The loss of each row. `parameters` has a tensor for each array, rows x (its rows) x (its columns). `observe` is given the
   * input and what leaves each layer and may put something else in its place.
   */
  readonly losses: (point: Point, parameters: readonly Tensor[], observe?: Observer) => Tensor;
}

export interface Point {
  /** Rows x examples x inputs. */
  readonly inputs: Tensor;
  /** Rows x examples x outputs. */
  readonly targets: Tensor;
}

export type Observer = (value: Tensor, point: number) => Tensor;

/** @throws RangeError for a request that no engine could answer */
export function openModel(tf: Library, pointwises: Pointwises, request: ModelRequest): Model {
  const layers = placeLayers(request.network);
  const functions = layers.map((layer) => layerFunction(tf, pointwises, layer));
  const arrays = arraysOf(layers);
  return {
    request,
    arrays,
    parameters: countOf(arrays),
    inputSize: sizeOf(request.network.input),
    outputSize: sizeOf(layers[layers.length - 1]!.output),
    activations: request.batch.size * layers.reduce((sum, layer) => sum + footprint(layer), 0),
    losses(point, parameters, observe = (value) => value) {
      let taken = 0;
      const next = () => parameters[taken++]!;
      let value = observe(point.inputs, 0);
      for (const [index, f] of functions.entries()) value = observe(f(value, next), index + 1);
      return modelLoss(tf, pointwises, request.loss, value, point.targets);
    },
  };
}

/** Numbers an example that a layer's operations leave behind: a few arrays of its size, and a convolution's patches. */
function footprint({ description, input, output, branch }: PlacedLayer): number {
  const patches = description.kind === "convolution" ? 3 * description.size ** 2 * sizeOf(input) : 0;
  const arrays = description.kind.endsWith("normalisation") ? 6 : 3;
  return patches + arrays * sizeOf(output) + branch.reduce((sum, layer) => sum + footprint(layer), 0);
}
