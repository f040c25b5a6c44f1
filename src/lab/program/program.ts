import { fillGaussian, openStream, type Stream } from "../../numerics/random.ts";
import { LANES } from "../../numerics/stream.ts";
import type { ModelRequest } from "../contract/model-request.ts";
import { drawModelBatch } from "../draws/draw-model-batch.ts";
import { drawLayers } from "../draws/draw-parameters.ts";
import { arraysOf, countOf, type ParameterArray, placeLayers, sizeOf } from "../networks/layered-network.ts";
import { openBuffers } from "./buffers.ts";
import { compileLayer, wireAll } from "./compile-layers.ts";
import {
  type Compilation,
  type CompiledLayer,
  type Cotangent,
  type Instruction,
  openCotangent,
  type Signal,
} from "./compiled-layer.ts";
import { compileLoss } from "./layers/loss-layer.ts";
import type { Primitives } from "./primitives.ts";

/**
 * A request compiled to instructions over buffers of one array. Take what else is needed, `open` it, then `load` a replicate
 * and `evaluate`; at order 2 `differentiate` then gives a Hessian-vector product a call, which reads what depends on the point
 * alone from the buffers where `evaluate` left it. Nothing is allocated from `load` on.
 */
export interface Program {
  readonly arrays: readonly ParameterArray[];
  readonly count: number;
  readonly parameters: number;
  readonly gradients: number;
  readonly vector: number;
  readonly product: number;
  /** Input and what leaves each layer: valid until the next layer has run. */
  readonly points: readonly Signal[];
  /** Forward instructions, one a layer. */
  readonly forward: readonly Instruction[];
  /** Gives the loss and writes the cotangent of the last point. */
  readonly lose: () => number;
  /** Backward instructions from the last layer on, with the cotangent of their output before they run. */
  readonly backward: readonly { readonly run: Instruction; readonly output: Cotangent }[];
  /** Cotangent of the input after the last backward instruction, where it was asked for. */
  readonly inputCotangent: Cotangent | undefined;
  /** Standard normals of a stream into the array. */
  readonly gaussians: (stream: Stream, from: number, to: number) => void;
  /** Another place for so many numbers; before `open`. */
  readonly take: (length: number) => number;
  /** Reserves the array. */
  readonly open: () => Float64Array;
  /** Compiled for a part of the batch: puts the examples order[from], ... in its place. */
  readonly show: (order: Int32Array, from: number) => void;
  /** Draws a replicate's parameters and batch; of a part nothing is shown yet. */
  readonly load: (replicate: number) => void;
  /** Forward, loss and backward: gives the loss and leaves the gradient. */
  readonly evaluate: () => number;
  /** Order 2, after `evaluate`: the Hessian times what is in `vector`, in `product`. */
  readonly differentiate: () => void;
}

export interface Wanted {
  readonly order: 1 | 2;
  readonly inputGradient?: boolean;
  /** Examples that it computes with at a time; absent: the whole batch. */
  readonly part?: number;
}

/**
 * @throws RangeError for a network, batch or target that does not fit
 */
export function compileProgram(primitives: Primitives, request: ModelRequest, wanted: Wanted): Program {
  const { network, loss, batch, streams, data, offset } = request;
  const layers = placeLayers(network);
  const arrays = arraysOf(layers);
  const count = countOf(arrays);
  const { compilation, input } = openCompilation(primitives, request, count, wanted);
  const { buffers, memory } = compilation;
  const compiled = compileAll(compilation, layers, input);
  const output = compiled[compiled.length - 1]!.output;
  const inputSize = sizeOf(network.input);
  const targetSize = loss === "squared" ? output.size : 1;
  const targets = buffers.keep(compilation.batch * targetSize);
  const whole =
    wanted.part === undefined
      ? { inputs: input.value, targets }
      : { inputs: buffers.keep(batch.size * inputSize), targets: buffers.keep(batch.size * targetSize) };
  const cotangent = openCotangent(compilation, output.size);
  const { forward: lose, tangentForward: tangentLose } = compileLoss(compilation, loss, output, targets, cotangent);
  const wired = wireAll(compiled, cotangent);
  const forward = compiled.map((layer) => layer.forward);
  const tangentForward = compiled.map((layer) => layer.tangentForward);
  const backward = wired.map((layer) => layer.backward);
  const tangentBackward = wired.map((layer) => layer.tangentBackward);
  const { parameters, gradients, vector, product } = compilation;
  const gaussians = primitives.fillGaussian ?? ((stream, from, to) => fillGaussian(stream, memory.values, from, to));

  return {
    arrays,
    count,
    parameters,
    gradients,
    vector,
    product,
    points: [input, ...compiled.map((layer) => layer.output)],
    forward,
    lose,
    backward: backward.map((run, index) => ({ run, output: index === 0 ? cotangent : wired[index - 1]!.input! })),
    inputCotangent: wired.length === compiled.length ? wired[wired.length - 1]!.input : undefined,
    gaussians,
    take: buffers.keep,
    open() {
      memory.values = primitives.reserve(buffers.total());
      return memory.values;
    },
    load(replicate) {
      const { values } = memory;
      const place = { out: values, at: parameters, gaussians };
      drawLayers(layers, network.init, openStream(streams.key, replicate, LANES.weights), place);
      if (offset !== undefined) for (let i = 0; i < count; i++) values[parameters + i]! += offset[i]!;
      const sizes = { inputSize, outputSize: output.size };
      drawModelBatch(batch, data, streams.key, replicate, { values, gaussians, ...whole, ...sizes });
    },
    show(order, from) {
      const { values } = memory;
      for (let row = 0; row < compilation.batch; row++) {
        const example = order[from + row]!;
        const [x, t] = [whole.inputs + example * inputSize, whole.targets + example * targetSize];
        values.copyWithin(input.value + row * inputSize, x, x + inputSize);
        values.copyWithin(targets + row * targetSize, t, t + targetSize);
      }
    },
    evaluate() {
      run(forward);
      const value = lose();
      run(backward);
      return value;
    },
    differentiate() {
      run(tangentForward);
      tangentLose();
      run(tangentBackward);
    },
  };
}

function run(instructions: readonly Instruction[]): void {
  for (let index = 0; index < instructions.length; index++) instructions[index]!();
}

function openCompilation(
  primitives: Primitives,
  { network, batch }: ModelRequest,
  count: number,
  { order, inputGradient = false, part = batch.size }: Wanted,
): { readonly compilation: Compilation; readonly input: Signal } {
  const buffers = openBuffers();
  const compilation: Compilation = {
    primitives,
    buffers,
    memory: { values: new Float64Array(0) },
    batch: part,
    order,
    parameters: buffers.keep(count),
    gradients: buffers.keep(count),
    vector: order === 2 ? buffers.keep(count) : -1,
    product: order === 2 ? buffers.keep(count) : -1,
  };
  const size = sizeOf(network.input);
  const value = buffers.keep(part * size);
  return { compilation, input: { size, value, tangent: -1, wanted: inputGradient, free: false } };
}

function compileAll(
  compilation: Compilation,
  layers: ReturnType<typeof placeLayers>,
  input: Signal,
): readonly CompiledLayer[] {
  const compiled: CompiledLayer[] = [];
  for (const layer of layers) {
    compiled.push(compileLayer(compilation, layer, compiled[compiled.length - 1]?.output ?? input));
  }
  return compiled;
}
