import { describe, expect, test } from "vitest";
import { drawInstance } from "../../../test/conformance/engines/oracle/model-instance.ts";
import type { Dataset } from "../../numerics/dataset.ts";
import { fillGaussian } from "../../numerics/random.ts";
import type { BatchLaw, Loss, ModelRequest } from "../contract/model-request.ts";
import { requireModelRequest } from "../contract/require-model-request.ts";
import { multilayerPerceptron } from "../networks/multilayer-perceptron.ts";
import { heNormal } from "../networks/network.ts";
import { drawModelBatch } from "./draw-model-batch.ts";

const data: Dataset = {
  name: "dots",
  digest: "none",
  width: 3,
  classes: 2,
  images: Float64Array.from({ length: 15 }, (_, i) => 1 + ((i * 7) % 5)),
  labels: Uint8Array.of(0, 1, 0, 1, 1),
};
const network = multilayerPerceptron({ widths: [3, 4, 2], activation: "relu", init: heNormal });

function requestOf(loss: Loss, batch: BatchLaw, change: Partial<ModelRequest> = {}): ModelRequest {
  return { network, loss, batch, streams: { key: [3, 4, 5, 6], first: 0, count: 4 }, data, ...change };
}

function drawn(request: ModelRequest, replicate: number): { readonly inputs: number[][]; readonly targets: number[] } {
  const { batch, streams } = request;
  const values = new Float64Array(100);
  drawModelBatch(batch, data, streams.key, replicate, {
    values,
    gaussians: (stream, from, to) => fillGaussian(stream, values, from, to),
    inputs: 1,
    targets: 50,
    inputSize: 3,
    outputSize: 2,
  });
  const inputs = Array.from({ length: batch.size }, (_, i) => [...values.slice(1 + 3 * i, 4 + 3 * i)]);
  return { inputs, targets: [...values.slice(50, 50 + batch.size * (request.loss === "squared" ? 2 : 1))] };
}

describe("drawModelBatch", () => {
  test.each<[Loss, BatchLaw]>([
    ["squared", { size: 3, inputs: "gaussian", targets: "gaussian" }],
    ["squared", { size: 3, inputs: "pictures", targets: { constant: -2 } }],
    ["cross-entropy", { size: 5, inputs: "pictures", targets: "labels" }],
    ["cross-entropy", { size: 4, inputs: "gaussian", targets: "classes" }],
  ])("%s of %o: the draws that the definition names", (loss, batch) => {
    const request = requestOf(loss, batch);
    for (let replicate = 0; replicate < 3; replicate++) {
      const { inputs, targets } = drawInstance(request, replicate);
      expect(drawn(request, replicate)).toEqual({ inputs, targets: targets.flat() });
    }
  });

  test("on the sphere each example has norm 1 and the direction of the Gaussian one", () => {
    const gaussian = drawn(requestOf("squared", { size: 3, inputs: "gaussian", targets: "gaussian" }), 1);
    const sphere = drawn(requestOf("squared", { size: 3, inputs: "sphere", targets: "gaussian" }), 1);
    for (const [example, row] of sphere.inputs.entries()) {
      const norm = Math.hypot(...gaussian.inputs[example]!);
      for (const [k, x] of row.entries()) expect(x).toBeCloseTo(gaussian.inputs[example]![k]! / norm, 14);
    }
    expect(sphere.targets).toEqual(gaussian.targets);
  });

  test("both classes occur, and pictures are distinct with their own labels", () => {
    const classes = requestOf("cross-entropy", { size: 8, inputs: "gaussian", targets: "classes" });
    expect(new Set([0, 1, 2].flatMap((replicate) => drawn(classes, replicate).targets))).toEqual(new Set([0, 1]));
    const all = drawn(requestOf("cross-entropy", { size: 5, inputs: "pictures", targets: "labels" }), 0);
    expect([...all.targets].sort()).toEqual([...data.labels].sort());
  });
});

describe("requireModelRequest", () => {
  const gaussian: BatchLaw = { size: 3, inputs: "gaussian", targets: "gaussian" };
  const labels: BatchLaw = { size: 3, inputs: "pictures", targets: "labels" };
  const { data: _, ...withoutData } = requestOf("cross-entropy", labels);

  test.each<[string, ModelRequest]>([
    ["a batch requires a positive integer size, got 0", requestOf("squared", { ...gaussian, size: 0 })],
    [
      "a squared loss requires gaussian or constant targets, got classes",
      requestOf("squared", { ...gaussian, targets: "classes" }),
    ],
    ["a cross-entropy requires classes or labels as targets, got gaussian", requestOf("cross-entropy", gaussian)],
    [
      "a cross-entropy requires classes or labels as targets, got constant 1",
      requestOf("cross-entropy", { ...gaussian, targets: { constant: 1 } }),
    ],
    ["inputs from pictures require data, got none", withoutData],
    [
      "pictures of dots require an input of width 3, got width 4",
      requestOf("squared", { ...gaussian, inputs: "pictures" }, { network: { ...network, input: 4 } }),
    ],
    [
      "a batch of dots requires 1 to 5 pictures, got 6",
      requestOf("squared", { ...gaussian, inputs: "pictures", size: 6 }),
    ],
    ["labels require inputs from pictures, got sphere", requestOf("cross-entropy", { ...labels, inputs: "sphere" })],
    [
      "the labels of dots require 2 outputs, got 3",
      requestOf("cross-entropy", labels, {
        network: multilayerPerceptron({ widths: [3, 3], activation: "relu", init: heNormal }),
      }),
    ],
    [
      "an offset requires 20 numbers, one a parameter, got 3",
      requestOf("squared", gaussian, { offset: new Float64Array(3) }),
    ],
  ])("%s", (message, request) => {
    expect(() => requireModelRequest(request)).toThrow(new RangeError(message));
  });
});
