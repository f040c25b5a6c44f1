import type { ParameterArray } from "../../networks/layered-network.ts";
import {
  type Compilation,
  type CompiledLayer,
  nothing,
  openCotangent,
  openSignal,
  releaseCotangent,
  type Signal,
} from "../compiled-layer.ts";

/** z = x W^T + b. Products a pass: 1 forward, 2 backward, 2 and 4 along a direction; fewer where the input is fixed. */
export function compileDense(
  compilation: Compilation,
  arrays: readonly ParameterArray[],
  input: Signal,
): CompiledLayer {
  const { primitives, batch, parameters, gradients, vector, product } = compilation;
  const { offset, rows, columns } = arrays[0]!;
  const bias = arrays[1]?.offset ?? -1;
  const x = input.value;
  const rx = input.tangent;
  const w = parameters + offset;
  const v = vector + offset;
  const output = openSignal(compilation, rows, { wanted: true, dependent: true, free: true });

  return {
    output,
    forward() {
      primitives.multiply("nt", batch, rows, columns, x, w, output.value, false);
      if (bias >= 0) primitives.addRow(batch, rows, parameters + bias, output.value);
    },
    tangentForward() {
      primitives.multiply("nt", batch, rows, columns, x, v, output.tangent, false);
      if (rx >= 0) primitives.multiply("nt", batch, rows, columns, rx, w, output.tangent, true);
      if (bias >= 0) primitives.addRow(batch, rows, vector + bias, output.tangent);
    },
    wire(cotangent) {
      const dz = cotangent.value;
      const rdz = cotangent.tangent;
      const dx = input.wanted ? openCotangent(compilation, columns) : undefined;
      releaseCotangent(compilation, rows, cotangent);
      return {
        input: dx,
        backward() {
          primitives.multiply("tn", rows, columns, batch, dz, x, gradients + offset, false);
          if (bias >= 0) primitives.sumRows(batch, rows, dz, gradients + bias, false);
          if (dx !== undefined) primitives.multiply("nn", batch, columns, rows, dz, w, dx.value, false);
        },
        tangentBackward:
          compilation.order === 1
            ? nothing
            : () => {
                primitives.multiply("tn", rows, columns, batch, rdz, x, product + offset, false);
                if (rx >= 0) primitives.multiply("tn", rows, columns, batch, dz, rx, product + offset, true);
                if (bias >= 0) primitives.sumRows(batch, rows, rdz, product + bias, false);
                if (dx === undefined) return;
                primitives.multiply("nn", batch, columns, rows, rdz, w, dx.tangent, false);
                primitives.multiply("nn", batch, columns, rows, dz, v, dx.tangent, true);
              },
      };
    },
  };
}
