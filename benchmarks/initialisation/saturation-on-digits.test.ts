import { describe, expect, test } from "vitest";
import type { NamedInput } from "../../src/claim/named-input.ts";
import { torchDefault } from "../../src/lab/networks/network.ts";
import { reference } from "../../src/lab/reference/engine.ts";
import type { Dataset } from "../../src/numerics/dataset.ts";
import { type SaturatingTraining, saturationOnDigits } from "./saturation-on-digits.ts";

/** Two pictures of two pixels, one of each class: a batch of two is both. */
const data: Dataset = {
  name: "two",
  digest: "",
  width: 2,
  classes: 2,
  images: Float64Array.of(0.6, 0.8, 1, 0),
  labels: Uint8Array.of(0, 1),
};
const input: NamedInput = { name: "two", digest: "", load: () => Promise.reject(new Error()), decode: () => data };
const base = { width: 1, hidden: 2, batch: 2, rate: 0.5, init: torchDefault } as const;
const observe = (training: Pick<SaturatingTraining, "activation" | "steps" | "since">, first = 0, count = 1) =>
  saturationOnDigits({ ...base, ...training }, input).observe({
    engine: reference,
    streams: { key: [2, 7, 1, 8], first, count },
    data: { two: data },
  });

describe("the slopes of a network with one unit a layer, after steps of descent", () => {
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

  test("are those of the network that its own trajectory ends at, layer by layer", () => {
    const steps = 3;
    const network = {
      kind: "layered",
      input: 2,
      layers: [
        { kind: "dense", width: 1, bias: { standardDeviation: 0 } },
        { kind: "activation", activation: "sigmoid" },
        { kind: "dense", width: 1, bias: { standardDeviation: 0 } },
        { kind: "activation", activation: "sigmoid" },
        { kind: "dense", width: 2, bias: { standardDeviation: 0 } },
      ],
      init: torchDefault,
    } as const;
    const trained = (upTo: number) => {
      const { parameters } = reference.trajectories({
        network,
        loss: "cross-entropy",
        batch: { size: 2, inputs: "pictures", targets: "labels" },
        optimiser: { name: "gradient-descent", rate: 0.5 },
        steps: upTo,
        recordEvery: upTo,
        streams: { key: [2, 7, 1, 8], first: 4, count: 1 },
        data,
      });
      const [a, b, bias, w, above] = [...parameters] as [number, number, number, number, number];
      // the last hidden layer's parameters come before the softmax's
      const top = [data.images.slice(0, 2), data.images.slice(2)].map(([x, y]) =>
        sigmoid(w * sigmoid(a * x! + b * y! + bias) + above),
      );
      return { slope: top.reduce((sum, h) => sum + 4 * h * (1 - h), 0) / 2, mean: (top[0]! + top[1]!) / 2 };
    };
    const seen = observe({ activation: "sigmoid", steps, since: 1 }, 4);
    expect(seen.topSlope[0]).toBeCloseTo(trained(steps).slope, 12);
    expect(seen.topMeanGained[0]).toBeCloseTo(trained(steps).mean - trained(1).mean, 12);
    // of two hidden layers the second is the top one
    expect(seen.lowerLessTop[0]).toBe(0);
  });

  test("a replicate is the same alone and among others, and moves from its start", () => {
    const together = observe({ activation: "tanh", steps: 2 }, 0, 3);
    const alone = observe({ activation: "tanh", steps: 2 }, 2);
    expect(alone.topSlope[0]).toBe(together.topSlope[2]);
    expect(alone.topMeanGained[0]).toBe(together.topMeanGained[2]);
    for (const gained of together.topMeanGained) expect(gained).not.toBe(0);
  });
});
