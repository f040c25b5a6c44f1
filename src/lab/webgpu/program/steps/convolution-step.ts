import type { PlacedLayer } from "../../../networks/layered-network.ts";
import type { ImageShape, LayerDescription } from "../../../networks/network.ts";
import { further, type Place } from "../../place.ts";
import { type Convolution, convolutionPass, correlationPass } from "../convolution-passes.ts";
import { groupSumPass } from "../group-passes.ts";
import { isWanted, type RecordedStep, type Recorder, type Signal } from "./recorded-step.ts";

/** Square kernels of odd size over the images of a batch, and a bias a channel. */
export function recordConvolution(recorder: Recorder, layer: PlacedLayer, entering: Signal): RecordedStep {
  const image = layer.input as ImageShape;
  const { size, padding } = layer.description as Extract<LayerDescription, { kind: "convolution" }>;
  const { offset, rows: channels } = layer.arrays[0]!;
  const bias = layer.arrays[1]?.offset;
  const { batch } = recorder;
  const shape: Convolution = { image, channels, size, padding, batch };
  const places = image.height * image.width;
  const outLength = batch * channels * places;
  const inLength = batch * entering.size;
  const biasOf = (parameters: Place) => (bias === undefined ? undefined : further(parameters, bias));
  const apply = (at: Recorder, x: Place, parameters: Place, out: Place, more: Partial<Parts> = {}) => {
    const kernel = further(parameters, offset);
    at.passes.push(convolutionPass(shape, { x, kernel, out, isPullback: false, ...more }, at.count));
  };
  const pullback = (at: Recorder, dy: Place, parameters: Place, out: Place, accumulate: boolean) => {
    const kernel = further(parameters, offset);
    at.passes.push(convolutionPass(shape, { x: dy, kernel, out, isPullback: true, accumulate }, at.count));
  };
  const correlate = (at: Recorder, dy: Place, x: Place, out: Place, accumulate: boolean) => {
    at.passes.push(correlationPass(shape, { dy, x, out: further(out, offset), accumulate }, at.count));
  };
  /** A group a channel. */
  const groups = { count: channels, stride: places, outer: batch, outerStride: channels * places, inner: places };
  const sumChannels = (at: Recorder, a: Place, out: Place) => {
    if (bias !== undefined) at.passes.push(groupSumPass({ groups, a, out: further(out, bias) }, at.count));
  };

  const y = recorder.take(outLength);
  apply(recorder, entering.place, recorder.parameters, y, { bias: biasOf(recorder.parameters) });
  let cotangent = y;
  let along: Place | undefined;
  return {
    output: { place: y, size: channels * places, isDependent: true },
    backward(back, dy) {
      cotangent = dy;
      if (back.gradients !== undefined) {
        correlate(back, dy, entering.place, back.gradients, false);
        sumChannels(back, dy, back.gradients);
      }
      if (!isWanted(back, entering)) return undefined;
      const dx = back.take(inLength);
      pullback(back, dy, back.parameters, dx, false);
      return dx;
    },
    tangent(rows, rx) {
      along = rx;
      const ry = rows.take(outLength);
      apply(rows, rows.seen(entering.place), rows.vectors, ry, { bias: biasOf(rows.vectors) });
      if (rx !== undefined) apply(rows, rx, rows.parameters, ry, { accumulate: true });
      return ry;
    },
    tangentBackward(rows, moving) {
      const dy = rows.seen(cotangent);
      correlate(rows, moving, rows.seen(entering.place), rows.products, false);
      if (along !== undefined) correlate(rows, dy, along, rows.products, true);
      sumChannels(rows, moving, rows.products);
      if (!entering.isDependent) return undefined;
      const rdx = rows.take(inLength);
      pullback(rows, moving, rows.parameters, rdx, false);
      pullback(rows, dy, rows.vectors, rdx, true);
      return rdx;
    },
  };
}

interface Parts {
  readonly bias: Place | undefined;
  readonly accumulate: boolean;
}
