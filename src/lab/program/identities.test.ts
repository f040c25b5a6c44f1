import { describe, expect, test } from "vitest";
import type { ModelRequest } from "../contract/model-request.ts";
import { drawParameters } from "../draws/draw-parameters.ts";
import { convolutionalNetwork } from "../networks/convolutional-network.ts";
import { parameterArrays, parameterCount } from "../networks/layered-network.ts";
import { multilayerPerceptron } from "../networks/multilayer-perceptron.ts";
import { heNormal, type LayeredNetwork } from "../networks/network.ts";
import { type BranchStart, residualNetwork } from "../networks/residual-network.ts";
import { plainPrimitives } from "../reference/plain-primitives.ts";
import { modelOperations } from "./model-operations.ts";

const operations = modelOperations(plainPrimitives());
const streams = { key: [101, 102, 103, 104], first: 0, count: 1 } as const;
const linear = { ...heNormal, gain: 1 };

function scalar(network: LayeredNetwork, target: number): ModelRequest {
  return { network, loss: "squared", batch: { size: 1, inputs: "gaussian", targets: { constant: target } }, streams };
}

/**
 * The output f of a network with one output, its gradient and (rows of) its Hessian. The loss (f - t)^2 / 2 has the gradient
 * (f - t) grad f and the Hessian (f - t) Hess f + grad f grad f^T, so the differences between t = 0 and t = 1 are those of f.
 */
function outputDerivatives(network: LayeredNetwork) {
  const [zero, one] = [scalar(network, 0), scalar(network, 1)];
  const [atZero, atOne] = [operations.gradients(zero), operations.gradients(one)];
  const [hessianZero, hessianOne] = [operations.hessians(zero), operations.hessians(one)];
  const parameters = new Float64Array(parameterCount(network));
  drawParameters(network, streams.key, streams.first, parameters, 0);
  return {
    f: atZero.loss[0]! - atOne.loss[0]! + 0.5,
    gradient: atZero.gradients.map((g, i) => g - atOne.gradients[i]!),
    hessian: hessianZero.map((h, i) => h - hessianOne[i]!),
    parameters,
  };
}

describe("a homogeneous network without biases (each layer's weights are a factor)", () => {
  test.each([
    ["linear", multilayerPerceptron({ widths: [3, 4, 4, 1], activation: "linear", init: heNormal })],
    ["ReLU", multilayerPerceptron({ widths: [3, 6, 6, 1], activation: "relu", init: heNormal })],
    ["leaky", multilayerPerceptron({ widths: [3, 4, 4, 1], activation: { leakySlope: 0.3 }, init: heNormal })],
    [
      "convolutional",
      convolutionalNetwork({
        image: { channels: 1, height: 3, width: 3 },
        channels: 2,
        size: 3,
        padding: "circular",
        depth: 2,
        activation: "relu",
        init: heNormal,
        outputs: 1,
      }),
    ],
  ])("%s: the trace of f's Hessian is 0, <W_l, df/dW_l> = f and <W_i, H_ij W_j> = f", (_, network) => {
    const { f, gradient, hessian, parameters } = outputDerivatives(network);
    const count = parameters.length;
    const arrays = parameterArrays(network);
    // Some thousand roundings of numbers up to the largest second derivative times a weight, taken 100 at a time.
    const tolerance = 2 ** -40 * (1 + Math.abs(f));
    expect(Math.abs(f)).toBeGreaterThan(1e-3);
    let trace = 0;
    for (let i = 0; i < count; i++) trace += hessian[i * count + i]!;
    expect(Math.abs(trace)).toBeLessThan(tolerance);
    const inside = (index: number, at: number) =>
      at >= arrays[index]!.offset && at < arrays[index]!.offset + arrays[index]!.length;
    for (const first of arrays.keys()) {
      const euler = parameters.reduce((sum, w, i) => sum + (inside(first, i) ? w * gradient[i]! : 0), 0);
      expect(Math.abs(euler - f)).toBeLessThan(tolerance);
      for (const second of arrays.keys()) {
        let form = 0;
        for (let i = 0; i < count; i++) {
          if (!inside(first, i)) continue;
          for (let j = 0; j < count; j++) {
            if (inside(second, j)) form += parameters[i]! * hessian[i * count + j]! * parameters[j]!;
          }
        }
        expect(Math.abs(form - (first === second ? 0 : f))).toBeLessThan(tolerance);
      }
    }
  });

  test("biases break it, and so does a tanh", () => {
    const widths = [3, 4, 4, 1];
    for (const network of [
      multilayerPerceptron({ widths, activation: "relu", init: heNormal, bias: { standardDeviation: 0.5 } }),
      multilayerPerceptron({ widths, activation: "tanh", init: heNormal }),
    ]) {
      const { f, gradient, parameters } = outputDerivatives(network);
      const euler = parameters.subarray(0, 12).reduce((sum, w, i) => sum + w * gradient[i]!, 0);
      expect(Math.abs(euler - f)).toBeGreaterThan(1e-3);
    }
  });
});

/** Means over replicates of ln of the norms' growth from the input to the output, and of their derivatives' the other way. */
function growth(network: LayeredNetwork, size: number, count: number, inputs: "gaussian" | "sphere" = "gaussian") {
  const request = { loss: "squared", streams: { ...streams, count }, network } as const;
  const batch = { size, inputs, targets: "gaussian" } as const;
  const { logForward, logBackward } = operations.layerNorms({ ...request, batch });
  const points = logForward.length / count;
  let [forward, backward] = [0, 0];
  for (let row = 0; row < count; row++) {
    forward += logForward[(row + 1) * points - 1]! - logForward[row * points]!;
    backward += logBackward[row * points]! - logBackward[(row + 1) * points - 1]!;
  }
  return { forward: forward / count, backward: backward / count };
}

describe("what architectures do to norms", () => {
  const block = { width: 8, activation: "linear", init: linear, matrices: 1 } as const;

  test("residual branches over sqrt(L) keep them at 1 - 2 / d in the mean of logs, whatever the depth", () => {
    for (const depth of [16, 64]) {
      const network = residualNetwork({ ...block, depth, scale: "1/sqrt(L)" });
      // Variance 4 / d = 0.5: four standard errors of 200 networks.
      expect(Math.abs(growth(network, 1, 200).forward - 0.75)).toBeLessThan(4 * Math.sqrt(0.5 / 200));
    }
  });

  test("unscaled branches explode by ln 2 - 6 / (8 d) a block", () => {
    const network = residualNetwork({ ...block, depth: 32, scale: "1" });
    // 32 (0.599), with a standard error of 0.18.
    expect(Math.abs(growth(network, 1, 200).forward - 19.18)).toBeLessThan(0.75);
  });

  test("batch normalisation without a skip explodes by (B - 2) / (B - 3) a layer; without it nothing does", () => {
    const described = { width: 128, depth: 17, activation: "linear", init: linear } as const;
    const normalised = multilayerPerceptron({
      ...described,
      normalisation: { kind: "batch-normalisation", epsilon: 0 },
    });
    const predicted = 16 * Math.log(6 / 5);
    expect(Math.abs(growth(normalised, 8, 6).backward - predicted)).toBeLessThan(0.25 * predicted);
    // Inputs of norm 1 leave y - t nearly t, which is independent of the weights; y is not.
    expect(Math.abs(growth(multilayerPerceptron(described), 8, 6, "sphere").backward)).toBeLessThan(0.25 * predicted);
  });

  test("layer normalisation without a skip vanishes by some 3 / d a layer", () => {
    const network = multilayerPerceptron({
      width: 16,
      depth: 49,
      activation: "relu",
      init: heNormal,
      normalisation: { kind: "layer-normalisation", epsilon: 0 },
    });
    // 48 * 3.17 / 16 = 9.5 less the last, linear layer's share; a standard error of 0.8.
    const { backward } = growth(network, 1, 40);
    expect(backward).toBeLessThan(-4);
    expect(backward).toBeGreaterThan(-13);
  });

  test.each<[BranchStart, boolean]>([
    ["zero-last", true],
    ["zero-multiplier", true],
    ["random", false],
  ])("branches that begin %s: signals and their derivatives stay to the last bit: %s", (start, stays) => {
    const network = residualNetwork({ ...block, activation: "relu", depth: 9, matrices: 2, scale: "1", start });
    const { forward, backward } = growth(network, 3, 1);
    expect(forward === 0).toBe(stays);
    expect(backward === 0).toBe(stays);
  });
});
