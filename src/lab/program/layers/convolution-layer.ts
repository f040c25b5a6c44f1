import type { PlacedLayer } from "../../networks/layered-network.ts";
import type { ImageShape, LayerDescription } from "../../networks/network.ts";
import {
  type Compilation,
  type CompiledLayer,
  nothing,
  openCotangent,
  openSignal,
  releaseCotangent,
  type Signal,
} from "../compiled-layer.ts";

/**
 * One example's image after another: its patches as the columns of a matrix (size^2 channels x places), then one product. The
 * patches are gathered again for each pass, a copy for each output channel's multiply-add, because kept ones would take size^2
 * times the images' memory.
 */
export function compileConvolution(compilation: Compilation, layer: PlacedLayer, input: Signal): CompiledLayer {
  const { primitives, memory, buffers, batch, parameters, gradients, vector, product, order } = compilation;
  const image = layer.input as ImageShape;
  const { size, padding } = layer.description as Extract<LayerDescription, { kind: "convolution" }>;
  const { offset, rows: channels, columns } = layer.arrays[0]!;
  const bias = layer.arrays[1]?.offset ?? -1;
  const places = image.height * image.width;
  const shape = { image, size, padding };
  const outputSize = channels * places;
  const output = openSignal(compilation, outputSize, { wanted: true, dependent: true, free: true });
  const patches = buffers.keep(columns * places);
  const patchCotangents = input.wanted ? buffers.keep(columns * places) : -1;
  const w = parameters + offset;
  const v = vector + offset;

  /** out = or += kernel * patches of the image at `from`. */
  const apply = (kernel: number, from: number, out: number, accumulate: boolean) => {
    primitives.gatherPatches(shape, from, patches);
    primitives.multiply("nn", channels, places, columns, kernel, patches, out, accumulate);
  };
  /** Kernel's gradient: + cotangent * patches^T. */
  const correlate = (cotangent: number, from: number, out: number, accumulate: boolean) => {
    primitives.gatherPatches(shape, from, patches);
    primitives.multiply("nt", channels, columns, places, cotangent, patches, out, accumulate);
  };

  return {
    output,
    forward() {
      for (let example = 0; example < batch; example++) {
        apply(w, input.value + example * input.size, output.value + example * outputSize, false);
      }
      if (bias >= 0) addChannels(memory.values, batch, channels, places, parameters + bias, output.value);
    },
    tangentForward() {
      for (let example = 0; example < batch; example++) {
        const out = output.tangent + example * outputSize;
        apply(v, input.value + example * input.size, out, false);
        if (input.tangent >= 0) apply(w, input.tangent + example * input.size, out, true);
      }
      if (bias >= 0) addChannels(memory.values, batch, channels, places, vector + bias, output.tangent);
    },
    wire(cotangent) {
      const { value: dy, tangent: rdy } = cotangent;
      const dx = input.wanted ? openCotangent(compilation, input.size) : undefined;
      releaseCotangent(compilation, outputSize, cotangent);
      /** Starts dx of one example, or its derivative, from patches that `multiply` has filled. */
      const spread = (out: number) => {
        memory.values.fill(0, out, out + input.size);
        primitives.scatterPatches(shape, patchCotangents, out);
      };
      return {
        input: dx,
        backward() {
          for (let example = 0; example < batch; example++) {
            const delta = dy + example * outputSize;
            correlate(delta, input.value + example * input.size, gradients + offset, example > 0);
            if (dx === undefined) continue;
            primitives.multiply("tn", columns, places, channels, w, delta, patchCotangents, false);
            spread(dx.value + example * input.size);
          }
          if (bias >= 0) sumChannels(memory.values, batch, channels, places, dy, gradients + bias);
        },
        tangentBackward:
          order === 1
            ? nothing
            : () => {
                for (let example = 0; example < batch; example++) {
                  const delta = dy + example * outputSize;
                  const moved = rdy + example * outputSize;
                  correlate(moved, input.value + example * input.size, product + offset, example > 0);
                  if (input.tangent >= 0) {
                    correlate(delta, input.tangent + example * input.size, product + offset, true);
                  }
                  if (dx === undefined) continue;
                  primitives.multiply("tn", columns, places, channels, w, moved, patchCotangents, false);
                  primitives.multiply("tn", columns, places, channels, v, delta, patchCotangents, true);
                  spread(dx.tangent + example * input.size);
                }
                if (bias >= 0) sumChannels(memory.values, batch, channels, places, rdy, product + bias);
              },
      };
    },
  };
}

function addChannels(
  values: Float64Array,
  batch: number,
  channels: number,
  places: number,
  bias: number,
  images: number,
): void {
  for (let row = 0; row < batch * channels; row++) {
    const term = values[bias + (row % channels)]!;
    for (let at = images + row * places, end = at + places; at < end; at++) values[at]! += term;
  }
}

/** Sums over examples, then over places. */
function sumChannels(
  values: Float64Array,
  batch: number,
  channels: number,
  places: number,
  images: number,
  out: number,
): void {
  values.fill(0, out, out + channels);
  for (let row = 0; row < batch * channels; row++) {
    let sum = values[out + (row % channels)]!;
    for (let at = images + row * places, end = at + places; at < end; at++) sum += values[at]!;
    values[out + (row % channels)] = sum;
  }
}
