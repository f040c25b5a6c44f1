import type { ParameterArray } from "../../networks/layered-network.ts";
import {
  type Compilation,
  type CompiledLayer,
  openCotangent,
  openSignal,
  releaseCotangent,
  type Signal,
} from "../compiled-layer.ts";

/** y = alpha x with one learned alpha. */
export function compileMultiplier(
  compilation: Compilation,
  arrays: readonly ParameterArray[],
  input: Signal,
): CompiledLayer {
  const { primitives, memory, batch, parameters, gradients, vector, product } = compilation;
  const { offset } = arrays[0]!;
  const length = batch * input.size;
  const x = input.value;
  const rx = input.tangent;
  const output = openSignal(compilation, input.size, { wanted: true, dependent: true, free: true });
  const alpha = () => memory.values[parameters + offset]!;
  const direction = () => memory.values[vector + offset]!;
  const copyScaled = (from: number, factor: number, to: number) => {
    memory.values.copyWithin(to, from, from + length);
    primitives.scale(length, factor, to);
  };

  return {
    output,
    forward: () => copyScaled(x, alpha(), output.value),
    tangentForward() {
      copyScaled(x, direction(), output.tangent);
      if (rx >= 0) primitives.axpy(length, alpha(), rx, output.tangent);
    },
    wire(cotangent) {
      const { value: dy, tangent: rdy } = cotangent;
      const dx = input.wanted ? openCotangent(compilation, input.size) : undefined;
      releaseCotangent(compilation, input.size, cotangent);
      return {
        input: dx,
        backward() {
          memory.values[gradients + offset] = primitives.dot(length, dy, x);
          if (dx !== undefined) copyScaled(dy, alpha(), dx.value);
        },
        tangentBackward() {
          const ofInput = rx >= 0 ? primitives.dot(length, dy, rx) : 0;
          memory.values[product + offset] = primitives.dot(length, rdy, x) + ofInput;
          if (dx === undefined) return;
          copyScaled(rdy, alpha(), dx.tangent);
          primitives.axpy(length, direction(), dy, dx.tangent);
        },
      };
    },
  };
}
