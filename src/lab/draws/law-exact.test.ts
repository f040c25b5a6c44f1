import { describe, expect, test } from "vitest";
import { distance, type Rows } from "../../../test/law-distance.ts";
import { multiply, multiplyTransposed } from "../../numerics/matrix.ts";
import { fillGaussian, openStream } from "../../numerics/random.ts";
import { LANES, type StreamRange } from "../../numerics/stream.ts";
import type { Sampling } from "../contract/propagation.ts";
import { type Activation, heNormal, type Mlp, xavierNormal } from "../networks/network.ts";
import { backpropagate } from "../reference/backpropagate.ts";
import { propagate } from "../reference/propagate.ts";
import { drawImage, drawTransposedImage, sizeOf } from "./law-exact.ts";

const STREAMS: StreamRange = { key: [29, 7, 1, 8], first: 0, count: 4000 };
/** Standard errors: over the few hundred comparisons below, chance alone would pass this once in ten thousand keys. */
const FAR = 5;

/** One row an alive network: log norm, and the log gradient of each layer. */
function backward(network: Mlp, sampling: Sampling): Rows {
  const { logNorm, logGradients } = backpropagate({ network, input: { law: "sphere" }, streams: STREAMS, sampling });
  const depth = network.widths.length - 1;
  return rowsOf(STREAMS.count, (row) => [logNorm[row]!, ...logGradients.slice(row * depth, (row + 1) * depth)]);
}

function forward(network: Mlp, sampling: Sampling): Rows {
  const { logIncrements } = propagate({ network, input: { law: "basis" }, streams: STREAMS, sampling, revive: true });
  const depth = network.widths.length - 1;
  return rowsOf(STREAMS.count, (row) => [...logIncrements.slice(row * depth, (row + 1) * depth)]);
}

function rowsOf(count: number, rowAt: (row: number) => readonly number[]): Rows {
  return Array.from({ length: count }, (_value, row) => rowAt(row)).filter((row) => row.every(Number.isFinite));
}

const CASES: readonly (readonly [string, readonly number[], Activation])[] = [
  ["square layers, relu", [6, 6, 6, 6, 6], "relu"],
  ["square layers, linear", [4, 4, 4, 4], "linear"],
  ["narrowing and widening layers, leaky relu", [5, 9, 3, 7, 4], { leakySlope: 0.3 }],
  ["narrowing and widening layers, relu", [3, 12, 5, 8], "relu"],
  ["many units, relu", [20, 16, 20], "relu"],
  ["width one in the middle", [4, 1, 6, 3], "linear"],
];

describe("law-exact sampling", () => {
  test.each(CASES)("has direct sampling's law of norms and gradients together: %s", (_name, widths, activation) => {
    const network: Mlp = { kind: "mlp", widths, activation, init: heNormal };
    const [exact, direct] = [backward(network, "law-exact"), backward(network, "direct")];
    expect(exact.length).toBeGreaterThan(STREAMS.count / 2);
    expect(distance(exact, direct)).toBeLessThan(FAR);
    const difference = (exact.length - direct.length) / Math.sqrt(STREAMS.count / 2);
    expect(Math.abs(difference)).toBeLessThan(FAR);
  });

  test.each(CASES)("has direct sampling's law of increments, deaths revived: %s", (_name, widths, activation) => {
    const network: Mlp = { kind: "mlp", widths, activation, init: xavierNormal };
    expect(distance(forward(network, "law-exact"), forward(network, "direct"))).toBeLessThan(FAR);
  });

  test("would be told from one that forgets that W^T delta knows of z", () => {
    const exact = imagesOf((_h, z, delta, x, stream) => {
      drawTransposedImage(SCALE, { h: POINT, z, delta }, 3, stream, x);
    });
    const forgetful = imagesOf((_h, _z, _delta, x, stream) => {
      fillGaussian(stream, x, 0, x.length);
      for (let unit = 0; unit < x.length; unit++) x[unit] = x[unit]! * SCALE;
    });
    const direct = imagesOf((h, z, delta, x, stream) => {
      const weights = new Float64Array(h.length * z.length);
      fillGaussian(stream, weights, 0, weights.length);
      const layer = { weights: weights.map((weight) => weight * SCALE), at: 0, fanIn: h.length, fanOut: z.length };
      multiply(layer, h, 0, z, 0);
      turn(z, delta);
      multiplyTransposed(layer, delta, 0, x, 0);
    });
    expect(distance(exact, direct)).toBeLessThan(FAR);
    expect(distance(forgetful, direct)).toBeGreaterThan(2 * FAR);
  });

  test("keeps a dead network dead and a NaN a NaN", () => {
    const dead: Mlp = { kind: "mlp", widths: [1, 1, 1, 1], activation: "relu", init: heNormal };
    const { logNorm, logGradients } = backpropagate({
      ...{ network: dead, input: { law: "basis" }, streams: { ...STREAMS, count: 64 }, sampling: "law-exact" },
    });
    for (const [row, log] of logNorm.entries()) {
      const gradients = logGradients.slice(3 * row, 3 * row + 3);
      expect(gradients.every((gradient) => (gradient === -Infinity) === (log === -Infinity))).toBe(true);
    }
    expect(logNorm.filter((log) => log === -Infinity).length).toBeGreaterThan(40);
    expect(sizeOf(Float64Array.of(0, -0))).toBe(0);
    expect(sizeOf(Float64Array.of(0.6, 0.8))).toBe(1);
    expect(sizeOf(Float64Array.of(0, Number.NaN))).toBeNaN();
    expect(sizeOf(Float64Array.of(1, Infinity))).toBeNaN();
  });
});

const SCALE = 0.7;
const POINT = Float64Array.of(0.6, 0, 0.8);

type Draw = (
  h: Float64Array,
  z: Float64Array,
  delta: Float64Array,
  x: Float64Array,
  stream: ReturnType<typeof openStream>,
) => void;

/** Rows (z, x) of one layer, where delta depends on z: z = W h and x = W^T delta in the samplers' ways. */
function imagesOf(draw: Draw): Rows {
  return rowsOf(STREAMS.count, (replicate) => {
    const stream = openStream(STREAMS.key, replicate, LANES.weights);
    const [z, delta, x] = [new Float64Array(2), new Float64Array(2), new Float64Array(3)];
    drawImage(SCALE, 1, POINT, stream, z);
    turn(z, delta);
    draw(POINT, z, delta, x, openStream(STREAMS.key, replicate, LANES.backward));
    return [...z, ...x];
  });
}

/** A unit vector that depends on z. */
function turn(z: Float64Array, delta: Float64Array): void {
  const norm = Math.hypot(z[0]!, z[1]!);
  delta[0] = z[1]! / norm;
  delta[1] = Math.abs(z[0]!) / norm;
}
