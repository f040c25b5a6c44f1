import { beforeAll, describe, expect, test } from "vitest";
import type { Dataset } from "../../../numerics/dataset.ts";
import { fillUniform, openStream } from "../../../numerics/random.ts";
import { LANES, type StreamKey } from "../../../numerics/stream.ts";
import type { Engine } from "../../contract/engine.ts";
import { fillDirection } from "../../draws/input.ts";
import { depthOf, slopeOf } from "../../networks/architecture.ts";
import { heNormal, heUniform, type Mlp, mlp, orthogonal } from "../../networks/network.ts";
import { reference } from "../../reference/engine.ts";
import { drawNetwork, openTape } from "../../reference/tape.ts";
import { openTensorflow } from "../engine.ts";
import { openLibrary } from "../open-library.ts";

const KEY: StreamKey = [31, 32, 33, 34];
const UNIT = 2 ** -24;
const input = { law: "sphere" } as const;
let engine: Engine;
beforeAll(async () => {
  engine = await openTensorflow();
});

const NETWORKS: readonly (readonly [string, Mlp])[] = [
  ["relu", mlp({ width: 8, depth: 12, activation: "relu", init: heNormal })],
  ["linear", mlp({ width: 5, depth: 12, activation: "linear", init: heUniform })],
  ["leaky, Student's t", mlp({ width: 6, depth: 8, activation: { leakySlope: 0.1 }, init: heavyTails() })],
  [
    "widths that differ",
    { kind: "mlp", widths: [3, 9, 2, 7], activation: "relu", init: { ...heNormal, fan: "average" } },
  ],
  ["orthogonal", mlp({ width: 6, depth: 10, activation: { leakySlope: 0.5 }, init: orthogonal(2) })],
];

/**
 * First-order bound on ln |x_k|^2 of x_k = A_k ... A_1 x_0 in float32: every product makes a local error of at most
 * `roundings` units of the sum of absolute values, which the exact later factors carry on. Roundings a step: the cast of a
 * weight, fanIn in a dot product of fanIn terms, 4 and half the width's sum of squares in the division by the norm.
 */
function logBounds(matrices: readonly (readonly Float64Array[])[], start: Float64Array): readonly number[] {
  let exact = start;
  let carried: readonly Float64Array[] = [...start].map((value, unit) => basis(start.length, unit, UNIT * value));
  return matrices.map((matrix) => {
    const fanIn = exact.length;
    const before = exact;
    exact = apply(matrix, before);
    const roundings = 1 + fanIn + 4 + matrix.length / 2;
    const local = matrix.map((row) => roundings * UNIT * row.reduce((s, w, i) => s + Math.abs(w * before[i]!), 0));
    carried = [...carried.map((error) => apply(matrix, error)), ...local.map((e, i) => basis(matrix.length, i, e))];
    const errors = Float64Array.from(matrix, (_, unit) => carried.reduce((s, error) => s + Math.abs(error[unit]!), 0));
    // the logarithm of a sum of squares of `width` terms, relative to the largest
    return (2 * norm(errors)) / norm(exact) + (matrix.length + 4) * UNIT;
  });
}

describe("propagate and backpropagate", () => {
  test.each(NETWORKS)("%s: agree with the reference within the first-order bound of float32", (_, network) => {
    const streams = { key: KEY, first: 0, count: 20 };
    const forward = engine.propagate({ network, input, streams });
    const expectedForward = reference.propagate({ network, input, streams });
    const both = engine.backpropagate({ network, input, streams });
    const expected = reference.backpropagate({ network, input, streams });
    const depth = depthOf(network);
    const shares: number[] = [];
    for (let row = 0; row < streams.count; row++) {
      const { forwardBounds, backwardBounds } = boundsOf(network, row);
      if (!Number.isFinite(expected.logNorm[row]!)) continue;
      for (let layer = 1; layer <= depth; layer++) {
        const at = row * depth + layer - 1;
        const ofHidden = layer === 1 ? 4 * UNIT : forwardBounds[layer - 2]!;
        const ofDelta = backwardBounds[depth - layer]!;
        const gradient = Math.abs(both.logGradients[at]! - expected.logGradients[at]!);
        // the outer product and its sum of squares
        const outer = (network.widths[layer]! * network.widths[layer - 1]! + 6) * UNIT;
        shares.push(gradient / (ofHidden + ofDelta + outer));
        if (network.init.law === "orthogonal") continue;
        const increment = Math.abs(forward.logIncrements[at]! - expectedForward.logIncrements[at]!);
        shares.push(increment / (forwardBounds[layer - 1]! + ofHidden));
      }
      shares.push(Math.abs(both.logNorm[row]! - expected.logNorm[row]!) / forwardBounds[depth - 1]!);
      expect(forwardBounds[0]).toBeLessThan(1e-3);
    }
    expect(forward.layersAlive).toEqual(expectedForward.layersAlive);
    const worst = Math.max(...shares);
    // Below a thousandth the bound would be of another computation.
    expect(worst).toBeGreaterThan(1e-3);
    expect(worst).toBeLessThan(1);
  });

  test("orthogonal layers, drawn as directions, differ by the roundings of one layer", () => {
    const network = mlp({ width: 6, depth: 10, activation: "relu", init: orthogonal(2) });
    const request = { network, input, streams: { key: KEY, first: 0, count: 20 } };
    const expected = reference.propagate(request).logIncrements;
    for (const [at, value] of engine.propagate(request).logIncrements.entries()) {
      if (value !== expected[at]) expect(Math.abs(value - expected[at]!)).toBeLessThan(20 * UNIT);
    }
  });

  test.each([false, true])("dead networks die at the same layer, exactly (revive: %s)", (revive) => {
    const network = mlp({ width: 2, depth: 30, activation: "relu", init: heNormal });
    const request = { network, input, streams: { key: KEY, first: 5, count: 50 }, revive };
    const found = engine.propagate(request);
    const expected = reference.propagate(request);
    expect(found.layersAlive).toEqual(expected.layersAlive);
    expect(found.logIncrements.map((x) => (x === -Infinity ? 1 : 0))).toEqual(
      expected.logIncrements.map((x) => (x === -Infinity ? 1 : 0)),
    );
    expect(found.layersAlive.some((layers) => layers < 30)).toBe(true);
  });

  test("depth 1024 at gain 1/100 neither underflows nor overflows: norms of 1e-1024 and less", () => {
    const network = mlp({ width: 3, depth: 1024, activation: "linear", init: { ...heNormal, gain: 0.01 } });
    const request = { network, input, streams: { key: KEY, first: 0, count: 2 } };
    const found = engine.backpropagate(request);
    const expected = reference.backpropagate(request);
    expect(expected.logNorm[0]).toBeLessThan(-1024 * Math.log(10));
    // 1024 layers, each a relative error of about sqrt(3) units that a product of random matrices hardly amplifies
    for (const [at, value] of found.logGradients.entries()) {
      expect(Math.abs(value - expected.logGradients[at]!)).toBeLessThan(1024 * 20 * UNIT);
    }
  });

  test("replicates are the same bytes however they are cut into ranges and chunks", () => {
    const network = mlp({ width: 512, depth: 2, activation: "relu", init: { ...heNormal, law: "rademacher" } });
    const observe = (first: number, count: number) =>
      engine.backpropagate({ network, input, streams: { key: KEY, first, count } }).logGradients;
    // chunks hold 16 of these networks
    const whole = observe(3, 20);
    expect([...observe(3, 7), ...observe(10, 13)]).toEqual([...whole]);
  });

  test("a NaN among the inputs stays with its replicate", () => {
    const images = Float64Array.of(1, Number.NaN, 3, 1, 2, 3);
    const data = { name: "two", digest: "", width: 3, classes: 2, images, labels: Uint8Array.of(0, 1) };
    const network = mlp({ width: 3, depth: 2, activation: "linear", init: heNormal });
    const request = { network, input: { law: "raw-image", data: "two" }, data } as const;
    const streams = { key: KEY, first: 0, count: 8 };
    const lost = reference.backpropagate({ ...request, streams }).logNorm.map((x) => (Number.isNaN(x) ? 1 : 0));
    expect(new Set(lost).size).toBe(2);
    const found = engine.backpropagate({ ...request, streams });
    expect(found.logNorm.map((x) => (Number.isNaN(x) ? 1 : 0))).toEqual(lost);
  });
});

describe("batches of pictures", () => {
  const data = pictures();
  const streams = { key: KEY, first: 0, count: 30 };

  test.each([2, 0.02, 60])("loss gradients at gain %s agree with the reference to float32's accuracy", (gain) => {
    const network = { ...mlp({ width: 8, depth: 6, activation: "linear", init: { ...heNormal, gain } }) } as const;
    const classifier = { ...network, widths: [10, 8, 8, 8, 3] };
    const request = { network: classifier, batch: 6, streams, data };
    const found = engine.lossGradients(request).logGradients;
    const expected = reference.lossGradients(request).logGradients;
    for (const [at, value] of found.entries()) {
      const error = Math.abs(value - expected[at]!);
      // 8 products of at most 10 terms; softmax multiplies the logits' relative error by the logits
      expect(error).toBeLessThan(8 * 20 * UNIT * Math.max(10, gain * gain));
    }
  });

  test("angles between representations agree with the reference as far as float32 tells them apart", () => {
    const network = { ...mlp({ width: 8, depth: 6, activation: "relu", init: heNormal }), widths: [10, 8, 8, 8, 8] };
    const request = { network, batch: 6, streams, data };
    const found = engine.propagateBatch(request);
    const expected = reference.propagateBatch(request);
    expect(found.alive).toEqual(expected.alive);
    for (let row = 0; row < streams.count; row++) {
      // of parallel representations, the roundings of two norms decide whether they are equal floats: one pair of fifteen
      expect(Math.abs(found.collapsed[row]! - expected.collapsed[row]!)).toBeLessThanOrEqual(1 / 15);
      expect(found.inputOneMinusCosine[row]).toBeCloseTo(expected.inputOneMinusCosine[row]!, 6);
      const logDistance = expected.logOneMinusCosine[row]!;
      if (logDistance === -Infinity) continue;
      // |u - v|^2 / 2 errs by |u - v| times the vectors' error, 4 layers of 10 terms each
      const relative = (2 * 4 * 20 * UNIT) / Math.exp(logDistance / 2);
      expect(Math.abs(found.logOneMinusCosine[row]! - logDistance)).toBeLessThan(2 * relative);
    }
  });
});

test("no tensor is left behind", () => {
  const { tf } = openLibrary();
  const before = tf.memory().numTensors;
  const network = mlp({ width: 4, depth: 3, activation: "relu", init: heNormal });
  const streams = { key: KEY, first: 0, count: 10_000 };
  engine.propagate({ network, input, streams, revive: true });
  engine.backpropagate({ network, input, streams });
  const data = pictures();
  engine.lossGradients({ network: { ...network, widths: [10, 4, 3] }, batch: 2, streams, data });
  engine.propagateBatch({ network: { ...network, widths: [10, 4, 3] }, batch: 2, streams, data });
  expect(tf.memory().numTensors).toBe(before);
});

/** Bounds on ln |h_l|^2 for l = 1, ..., and on ln |dz_l|^2 from the last layer down, of one replicate. */
function boundsOf(network: Mlp, replicate: number) {
  const tape = openTape(network, 1, "activated");
  drawNetwork(tape, openStream(KEY, replicate, LANES.weights));
  const start = direction(network.widths[0]!, replicate, LANES.input);
  const weights = tape.layers.map((layer) => rowsOf(layer.weights.subarray(layer.at), layer.fanOut, layer.fanIn));
  const masks: Float64Array[] = [];
  let h = start;
  for (const rows of weights) {
    const z = apply(rows, h);
    const mask = z.map((value) => (value > 0 ? 1 : slopeOf(network.activation)));
    masks.push(mask);
    h = z.map((value, unit) => value * mask[unit]!);
  }
  const last = masks.length - 1;
  const forward = weights.map((rows, layer) => masked(rows, masks[layer]!));
  const backward = masks.map((mask, layer) => {
    const from = layer === last ? identity(mask.length) : transpose(weights[layer + 1]!);
    return masked(from, mask);
  });
  const cotangent = direction(network.widths[depthOf(network)]!, replicate, LANES.cotangent);
  return {
    forwardBounds: logBounds(forward, start),
    backwardBounds: logBounds([...backward].reverse(), cotangent),
  };
}

function masked(matrix: readonly Float64Array[], mask: Float64Array): readonly Float64Array[] {
  return matrix.map((row, unit) => row.map((w) => w * mask[unit]!));
}

function identity(size: number): readonly Float64Array[] {
  return Array.from({ length: size }, (_, unit) => basis(size, unit, 1));
}

function direction(width: number, replicate: number, lane: typeof LANES.input | typeof LANES.cotangent): Float64Array {
  const out = new Float64Array(width);
  fillDirection(openStream(KEY, replicate, lane), out, 0, width);
  return out;
}

function apply(matrix: readonly Float64Array[], x: Float64Array): Float64Array {
  return Float64Array.from(matrix, (row) => row.reduce((sum, w, i) => sum + w * x[i]!, 0));
}

function transpose(matrix: readonly Float64Array[]): readonly Float64Array[] {
  return Array.from(matrix[0]!, (_, column) => Float64Array.from(matrix, (row) => row[column]!));
}

function rowsOf(values: Float64Array, rows: number, columns: number): readonly Float64Array[] {
  return Array.from({ length: rows }, (_, row) => values.slice(row * columns, (row + 1) * columns));
}

function basis(length: number, unit: number, size: number): Float64Array {
  const out = new Float64Array(length);
  out[unit] = size;
  return out;
}

function norm(x: Float64Array): number {
  return Math.sqrt(x.reduce((sum, value) => sum + value * value, 0));
}

function heavyTails() {
  return { law: "student-t", gain: 1, fan: "in", degreesOfFreedom: 2 } as const;
}

function pictures(): Dataset {
  const images = new Float64Array(10 * 20);
  fillUniform(openStream(KEY, 0, LANES.noise), images, 0, images.length);
  const labels = Uint8Array.from({ length: 20 }, (_, picture) => picture % 3);
  return { name: "dots", digest: "", width: 10, classes: 3, images, labels };
}
