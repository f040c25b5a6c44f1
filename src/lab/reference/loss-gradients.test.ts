import { describe, expect, test } from "vitest";
import type { Dataset } from "../../numerics/dataset.ts";
import { fillGaussian, openStream } from "../../numerics/random.ts";
import { LANES, type StreamKey } from "../../numerics/stream.ts";
import { drawBatch } from "../draws/batch.ts";
import { slopeOf } from "../networks/architecture.ts";
import { heNormal, heUniform, type Initialisation, type Mlp, torchDefault, xavierNormal } from "../networks/network.ts";
import { drawnWeights } from "./fixtures/drawn-weights.ts";
import { lossGradients } from "./loss-gradients.ts";

const KEY: StreamKey = [61, 62, 63, 64];
const WIDTH = 5;
const CLASSES = 3;
const streams = { key: KEY, first: 0, count: 3 };
const data = pictures(9);

describe("lossGradients", () => {
  test.each<[string, Mlp, number]>([
    ["ReLU", { kind: "mlp", widths: [WIDTH, 6, 6, CLASSES], activation: "relu", init: heNormal }, 4],
    ["a profile", { kind: "mlp", widths: [WIDTH, 8, 2, 7, CLASSES], activation: "relu", init: heUniform }, 5],
    ["leaky", { kind: "mlp", widths: [WIDTH, 4, CLASSES], activation: { leakySlope: 0.3 }, init: heNormal }, 3],
    ["one layer, one picture", { kind: "mlp", widths: [WIDTH, CLASSES], activation: "relu", init: heNormal }, 1],
    ["narrow enough for some examples to die", narrow(3), 6],
    ["large logits", { kind: "mlp", widths: [WIDTH, 5, CLASSES], activation: "relu", init: gain(20) }, 4],
  ])("%s: the norm of each layer's gradient is that of its central differences", (_, network, batch) => {
    const { logGradients } = lossGradients({ network, batch, streams, data });
    const depth = network.widths.length - 1;
    for (let row = 0; row < streams.count; row++) {
      differences(network, row, batch).forEach((norm, layer) => {
        // With step 2^-17 (the cube root of the rounding unit) a difference errs by third derivative / 6 * 2^-34 and
        // 2^-36 from rounding; third derivatives are below 50 and a layer has at most 36 weights: 6 * 9 * 2^-34.
        expect(Math.abs(Math.exp(logGradients[row * depth + layer]!) - norm)).toBeLessThan(4e-9);
      });
    }
  });

  test("one picture with a NaN makes every layer's gradient NaN, and is not left out", () => {
    const images = data.images.slice();
    images[2] = Number.NaN;
    const network: Mlp = { kind: "mlp", widths: [WIDTH, 6, CLASSES], activation: "relu", init: heNormal };
    const { logGradients } = lossGradients({ network, batch: 9, streams, data: { ...data, images } });
    expect([...logGradients]).toEqual(new Array(2 * streams.count).fill(Number.NaN));
  });

  test("a confident network's gradient is right where probabilities underflow", () => {
    // One pixel: the logits are the weights. The gradient is p_wrong (-1, 1), and ln p_wrong = -gap.
    const single: Dataset = { ...pictures(1), width: 1, classes: 2, images: Float64Array.of(3) };
    const network: Mlp = { kind: "mlp", widths: [1, 2], activation: "relu", init: gain(1e7) };
    const many = { ...streams, count: 20 };
    const { logGradients } = lossGradients({ network, batch: 1, streams: many, data: single });
    let underflows = 0;
    for (let row = 0; row < many.count; row++) {
      const [right, wrong] = drawnWeights(network, KEY, row)[0]!;
      const gap = right! - wrong!;
      const expected = Math.LN2 / 2 - Math.max(gap, 0);
      // e^-|gap| is what is left out; gaps go to 10^4, of which a logarithm and an exponential keep 2^-50.
      expect(Math.abs(logGradients[row]! - expected)).toBeLessThan(Math.exp(-Math.abs(gap)) + 1e4 * 2 ** -50);
      if (gap > 745) underflows++;
    }
    expect(underflows).toBeGreaterThan(0);
  });

  test("4096 vanishing layers: the first gradient is finite far below the smallest float64", () => {
    const { logGradients } = lossGradients({
      network: deep(torchDefault),
      batch: 2,
      streams: { ...streams, count: 1 },
      data,
    });
    expect(logGradients.every(Number.isFinite)).toBe(true);
    // Half of 4095 * (-ln 6 - .11) is -3900; the last layer has lost all of the forward norm, the first all of the backward.
    expect(logGradients[0]!).toBeLessThan(-3500);
    expect(logGradients[4095]!).toBeLessThan(-3500);
  });

  test("4096 exploding layers: logits are infinite, and a wrong prediction still has its finite log gradient", () => {
    // All pictures at once, so that all classes are among the labels and some prediction is wrong.
    const { logGradients } = lossGradients({
      network: deep(gain(32)),
      batch: 9,
      streams: { ...streams, count: 1 },
      data,
    });
    // Half of 4095 * (ln 16 - .11) is 5450 with an sd of 16, wherever the layer is.
    expect(logGradients.every((value) => value > 5350 && value < 5550)).toBe(true);
  });

  test("a network that is dead for the whole batch has no gradient anywhere", () => {
    const network: Mlp = {
      kind: "mlp",
      widths: [WIDTH, ...new Array<number>(30).fill(1), CLASSES],
      activation: "relu",
      init: heNormal,
    };
    const { logGradients } = lossGradients({ network, batch: 3, streams, data });
    expect(logGradients.every((value) => value === -Infinity)).toBe(true);
  });

  test("is a mean: in a linear network a batch of equal examples has the gradient of one of them", () => {
    const same: Dataset = {
      ...data,
      images: data.images.map((_, index) => data.images[index % WIDTH]!),
      labels: new Uint8Array(9),
    };
    const network: Mlp = { kind: "mlp", widths: [WIDTH, 4, CLASSES], activation: "linear", init: xavierNormal };
    const one = lossGradients({ network, batch: 1, streams, data: same }).logGradients;
    const nine = lossGradients({ network, batch: 9, streams, data: same }).logGradients;
    // Sums of nine equal terms round eight times, then a logarithm.
    for (let index = 0; index < one.length; index++) expect(Math.abs(one[index]! - nine[index]!)).toBeLessThan(1e-14);
  });
});

function gain(value: number): Initialisation {
  return { ...heNormal, gain: value };
}

function narrow(width: number): Mlp {
  return { kind: "mlp", widths: [WIDTH, width, width, width, CLASSES], activation: "relu", init: heNormal };
}

function deep(init: Initialisation): Mlp {
  return { kind: "mlp", widths: [WIDTH, ...new Array<number>(4095).fill(24), CLASSES], activation: "relu", init };
}

function pictures(count: number): Dataset {
  const images = new Float64Array(WIDTH * count);
  fillGaussian(openStream(KEY, 0, LANES.noise), images, 0, images.length);
  const labels = Uint8Array.from({ length: count }, (_, picture) => picture % CLASSES);
  return { name: "synthetic", digest: "", width: WIDTH, classes: CLASSES, images, labels };
}

/** Norm of the central differences of the plain loss, layer by layer. */
function differences(network: Mlp, replicate: number, batch: number): readonly number[] {
  const picks = new Int32Array(batch);
  drawBatch(data, KEY, replicate, picks);
  const weights = drawnWeights(network, KEY, replicate);
  const step = 2 ** -17;
  return weights.map((layer) => {
    let square = 0;
    for (let index = 0; index < layer.length; index++) {
      const kept = layer[index]!;
      layer[index] = kept + step;
      const above = plainLoss(network, weights, picks);
      layer[index] = kept - step;
      const below = plainLoss(network, weights, picks);
      layer[index] = kept;
      square += ((above - below) / (2 * step)) ** 2;
    }
    return Math.sqrt(square);
  });
}

function plainLoss(network: Mlp, weights: readonly Float64Array[], picks: Int32Array): number {
  const slope = slopeOf(network.activation);
  let loss = 0;
  for (const pick of picks) {
    let h = [...data.images.subarray(pick * WIDTH, (pick + 1) * WIDTH)];
    const norm = Math.hypot(...h);
    h = h.map((pixel) => pixel / norm);
    weights.forEach((layer, index) => {
      const fanIn = h.length;
      const z = Array.from({ length: layer.length / fanIn }, (_, row) =>
        h.reduce((sum, value, column) => sum + layer[row * fanIn + column]! * value, 0),
      );
      h = index === weights.length - 1 ? z : z.map((value) => (value > 0 ? value : slope * value));
    });
    loss += Math.log(h.reduce((sum, logit) => sum + Math.exp(logit), 0)) - h[data.labels[pick]!]!;
  }
  return loss / picks.length;
}
