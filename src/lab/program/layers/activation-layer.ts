import { isSmooth } from "../../networks/architecture.ts";
import type { Activation, SmoothActivation } from "../../networks/network.ts";
import { type Compilation, type CompiledLayer, nothing, type Signal } from "../compiled-layer.ts";

/**
 * h = f(z), in place where the layer before does not need z. Piecewise linear activations have no second derivative: along a
 * direction they only mask. For curved ones the product f''(z) dLoss/dh is kept with the point.
 */
export function compileActivation(
  compilation: Compilation,
  activation: Activation | SmoothActivation,
  input: Signal,
): CompiledLayer {
  if (activation === "linear") return passThrough(input);
  const { primitives, buffers, batch } = compilation;
  const length = batch * input.size;
  const isDependent = input.tangent >= 0;
  const isCurved = isSmooth(activation) && isDependent;
  const z = input.value;
  const rz = input.tangent;
  const h = input.free ? z : buffers.keep(length);
  const rh = !isDependent ? -1 : input.free && !isCurved ? rz : buffers.keep(length);
  const first = input.wanted ? buffers.keep(length) : -1;
  const second = isCurved ? buffers.keep(length) : -1;

  return {
    output: { ...input, value: h, tangent: rh, free: true },
    forward() {
      primitives.activate(activation, length, z, h, first, second);
    },
    tangentForward: isDependent ? () => primitives.hadamard(length, rz, first, rh) : nothing,
    wire(cotangent) {
      if (!input.wanted) return { input: undefined, backward: nothing, tangentBackward: nothing };
      const { value, tangent } = cotangent;
      return {
        input: cotangent,
        backward() {
          if (isCurved) primitives.hadamard(length, second, value, second);
          primitives.hadamard(length, value, first, value);
        },
        tangentBackward() {
          if (tangent < 0) return;
          primitives.hadamard(length, tangent, first, tangent);
          if (isCurved) primitives.addHadamard(length, rz, second, tangent);
        },
      };
    },
  };
}

function passThrough(input: Signal): CompiledLayer {
  return {
    output: input,
    forward: nothing,
    tangentForward: nothing,
    wire: (cotangent) => ({
      input: input.wanted ? cotangent : undefined,
      backward: nothing,
      tangentBackward: nothing,
    }),
  };
}
