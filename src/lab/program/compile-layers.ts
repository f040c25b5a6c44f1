import { refuseUnknown } from "../networks/kinds.ts";
import type { PlacedLayer } from "../networks/layered-network.ts";
import { type Compilation, type CompiledLayer, type Signal, sequence } from "./compiled-layer.ts";
import { compileActivation } from "./layers/activation-layer.ts";
import { compileConvolution } from "./layers/convolution-layer.ts";
import { compileDense } from "./layers/dense-layer.ts";
import { compileMultiplier } from "./layers/multiplier-layer.ts";
import { compileNormalisation } from "./layers/normalisation-layer.ts";
import { compileResidual } from "./layers/residual-layer.ts";

/** Instructions for one layer, whatever its kind. */
export function compileLayer(compilation: Compilation, layer: PlacedLayer, input: Signal): CompiledLayer {
  const { description, arrays } = layer;
  switch (description.kind) {
    case "dense":
      return compileDense(compilation, arrays, input);
    case "convolution":
      return compileConvolution(compilation, layer, input);
    case "activation":
      return compileActivation(compilation, description.activation, input);
    case "batch-normalisation":
    case "layer-normalisation":
      return compileNormalisation(compilation, layer, description.epsilon, input);
    case "multiplier":
      return compileMultiplier(compilation, arrays, input);
    case "residual":
      return compileResidual(compilation, description.scale, (x) => compileStack(compilation, layer.branch, x), input);
    default:
      return refuseUnknown("a layer", description);
  }
}

/** Several layers as if they were one. */
export function compileStack(compilation: Compilation, layers: readonly PlacedLayer[], input: Signal): CompiledLayer {
  const compiled: CompiledLayer[] = [];
  let signal = input;
  for (const layer of layers) {
    const next = compileLayer(compilation, layer, signal);
    compiled.push(next);
    signal = next.output;
  }
  return {
    output: signal,
    forward: sequence(compiled.map(({ forward }) => forward)),
    tangentForward: sequence(compiled.map(({ tangentForward }) => tangentForward)),
    wire(cotangent) {
      const wired = wireAll(compiled, cotangent);
      return {
        input: wired.length === compiled.length ? wired[wired.length - 1]!.input : undefined,
        backward: sequence(wired.map(({ backward }) => backward)),
        tangentBackward: sequence(wired.map(({ tangentBackward }) => tangentBackward)),
      };
    },
  };
}

/** Backward instructions from the last layer to the first whose gradients or input anybody wants. */
export function wireAll(
  compiled: readonly CompiledLayer[],
  cotangent: Parameters<CompiledLayer["wire"]>[0],
): readonly ReturnType<CompiledLayer["wire"]>[] {
  const wired: ReturnType<CompiledLayer["wire"]>[] = [];
  let next: typeof cotangent | undefined = cotangent;
  for (let index = compiled.length - 1; index >= 0 && next !== undefined; index--) {
    const back: ReturnType<CompiledLayer["wire"]> = compiled[index]!.wire(next);
    wired.push(back);
    next = back.input;
  }
  return wired;
}
