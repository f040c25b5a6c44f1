/** Gradient and one Hessian-vector product of a squared loss, written out in float64 with a bound beside each number. */
import type { ModelRequest } from "../../../src/lab/contract/model-request.ts";
import { drawModelBatch } from "../../../src/lab/draws/draw-model-batch.ts";
import { drawParameters } from "../../../src/lab/draws/draw-parameters.ts";
import { parameterCount, placeLayers, sizeOf } from "../../../src/lab/networks/layered-network.ts";
import { fillGaussian, type Stream } from "../../../src/numerics/random.ts";
import { boundedStack } from "./bounded-layers.ts";
import { type Bounded, rounded, scaledDifference } from "./running-error.ts";

/** `offset` must be there, and the loss squared. */
export function boundedModel(
  request: ModelRequest,
  replicate: number,
  direction: Float64Array,
): { readonly gradient: Bounded; readonly product: Bounded } {
  const { network, streams, offset } = request;
  const batch = request.batch.size;
  const layers = placeLayers(network);
  const [inputSize, outputSize] = [sizeOf(network.input), sizeOf(layers.at(-1)!.output)];
  const count = parameterCount(network);
  const drawn = new Float64Array(count);
  drawParameters(network, streams.key, replicate, drawn, 0);
  const numbers = new Float64Array(batch * (inputSize + outputSize));
  const targets = batch * inputSize;
  const gaussians = (stream: Stream, from: number, to: number) => fillGaussian(stream, numbers, from, to);
  const place = { values: numbers, gaussians, inputs: 0, targets, inputSize, outputSize };
  drawModelBatch(request.batch, undefined, streams.key, replicate, place);
  const empty = (): Bounded => ({ values: new Float64Array(count), errors: new Float64Array(count) });
  const [gradient, product] = [empty(), empty()];
  const fill = (into: Bounded, at: number, part: Bounded) => {
    into.values.set(part.values, at);
    into.errors.set(part.errors, at);
  };
  const parameters = rounded(drawn.map((value, i) => value + offset![i]!));
  const context = {
    ...{ batch, parameters, vector: rounded(direction) },
    put(at: number, ofPoint: Bounded, along: Bounded) {
      fill(gradient, at, ofPoint);
      fill(product, at, along);
    },
  };
  const { output, back } = boundedStack(context, layers, {
    at: rounded(numbers.subarray(0, targets)),
    along: undefined,
  });
  back({
    at: scaledDifference(1 / batch, output.at, rounded(numbers.subarray(targets))),
    along: scaledDifference(1 / batch, output.along!),
  });
  return { gradient, product };
}
