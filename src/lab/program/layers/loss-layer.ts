import { exp, log } from "../../../numerics/elementary.ts";
import type { Loss } from "../../contract/model-request.ts";
import { refuseUnknown } from "../../networks/kinds.ts";
import type { Compilation, Cotangent, Signal } from "../compiled-layer.ts";

export interface CompiledLoss {
  /** Gives the loss at the network's output and writes its derivative. */
  readonly forward: () => number;
  /** Writes the derivative of that along the direction. */
  readonly tangentForward: () => void;
}

/** Mean loss over the batch: sums over an example's outputs from 0 up, then over examples, then one division by the batch. */
export function compileLoss(
  compilation: Compilation,
  loss: Loss,
  output: Signal,
  targets: number,
  cotangent: Cotangent,
): CompiledLoss {
  switch (loss) {
    case "squared":
      return compileSquared(compilation, output, targets, cotangent);
    case "cross-entropy":
      return compileCrossEntropy(compilation, output, targets, cotangent);
    default:
      return refuseUnknown("a loss", loss);
  }
}

/** |y - t|^2 / 2 */
function compileSquared(
  { memory, batch }: Compilation,
  output: Signal,
  targets: number,
  cotangent: Cotangent,
): CompiledLoss {
  const length = batch * output.size;
  return {
    forward() {
      const { values } = memory;
      let total = 0;
      for (let example = 0; example < batch; example++) {
        let sum = 0;
        for (let k = example * output.size; k < (example + 1) * output.size; k++) {
          const difference = values[output.value + k]! - values[targets + k]!;
          sum += difference * difference;
          values[cotangent.value + k] = difference / batch;
        }
        total += sum;
      }
      return total / 2 / batch;
    },
    tangentForward() {
      const { values } = memory;
      for (let k = 0; k < length; k++) values[cotangent.tangent + k] = values[output.tangent + k]! / batch;
    },
  };
}

/**
 * ln of the sum of exp(y_k) less y_target, relative to the largest y. The target's entry of the gradient is minus the sum of the
 * others, so that a confident network's small gradient keeps its digits.
 */
function compileCrossEntropy(
  { memory, buffers, batch }: Compilation,
  output: Signal,
  targets: number,
  cotangent: Cotangent,
): CompiledLoss {
  const { size } = output;
  const probabilities = buffers.keep(batch * size);
  return {
    forward() {
      const { values } = memory;
      let total = 0;
      for (let example = 0; example < batch; example++) {
        const at = example * size;
        total += exampleCrossEntropy(values, size, values[targets + example]!, {
          logits: output.value + at,
          probabilities: probabilities + at,
          gradient: cotangent.value + at,
          batch,
        });
      }
      return total / batch;
    },
    tangentForward() {
      const { values } = memory;
      for (let example = 0; example < batch; example++) {
        const p = probabilities + example * size;
        const ry = output.tangent + example * size;
        const out = cotangent.tangent + example * size;
        let mean = 0;
        for (let k = 0; k < size; k++) mean += values[p + k]! * values[ry + k]!;
        for (let k = 0; k < size; k++) values[out + k] = (values[p + k]! * (values[ry + k]! - mean)) / batch;
      }
    },
  };
}

function exampleCrossEntropy(
  values: Float64Array,
  size: number,
  target: number,
  at: {
    readonly logits: number;
    readonly probabilities: number;
    readonly gradient: number;
    readonly batch: number;
  },
): number {
  const { logits, probabilities, gradient, batch } = at;
  let largest = values[logits]!;
  for (let k = 1; k < size; k++) if (values[logits + k]! > largest) largest = values[logits + k]!;
  let total = 0;
  let wrong = 0;
  for (let k = 0; k < size; k++) {
    const weight = exp(values[logits + k]! - largest);
    values[probabilities + k] = weight;
    total += weight;
    if (k !== target) wrong += weight;
  }
  for (let k = 0; k < size; k++) {
    values[probabilities + k] = values[probabilities + k]! / total;
    values[gradient + k] = values[probabilities + k]! / batch;
  }
  values[gradient + target] = -(wrong / total / batch);
  return log(total) - (values[logits + target]! - largest);
}
