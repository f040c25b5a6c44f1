import { describe, expect, test } from "vitest";
import { openStream } from "../../numerics/random.ts";
import { LANES, type StreamKey } from "../../numerics/stream.ts";
import { fillDirection } from "../draws/input.ts";
import { slopeOf } from "../networks/architecture.ts";
import { heNormal, heUniform, type Mlp, mlp, orthogonal, torchDefault, xavierNormal } from "../networks/network.ts";
import { backward, drawNetwork, forward, openTape, type Tape } from "./tape.ts";

const KEY: StreamKey = [21, 22, 23, 24];

const SHALLOW: readonly (readonly [string, Mlp])[] = [
  ["ReLU", mlp({ width: 6, depth: 4, activation: "relu", init: heNormal })],
  ["linear", mlp({ width: 5, depth: 5, activation: "linear", init: xavierNormal })],
  ["leaky ReLU", mlp({ width: 4, depth: 6, activation: { leakySlope: 0.3 }, init: heUniform })],
  ["orthogonal ReLU", mlp({ width: 6, depth: 4, activation: "relu", init: orthogonal(2) })],
  ["a bottleneck", { kind: "mlp", widths: [7, 9, 2, 8, 5], activation: { leakySlope: 0.1 }, init: heNormal }],
  ["a taper", { kind: "mlp", widths: [12, 10, 8, 6, 4, 3], activation: "relu", init: heNormal }],
  ["width 1", mlp({ width: 1, depth: 7, activation: "linear", init: xavierNormal })],
];

describe("forward and backward", () => {
  test.each(SHALLOW)("%s: representations are those of the plain forward pass", (_, network) => {
    const tape = run(network, aliveReplicate(network));
    const plain = plainForward(tape);
    for (let layer = 0; layer <= tape.depth; layer++) {
      const scale = Math.exp(tape.logHidden[layer]! / 2);
      plain[layer]!.forEach((value, unit) => {
        // Each of at most 7 layers rounds at most 12 times, relative to a vector of about norm 1.
        expect(Math.abs(scale * tape.hidden[tape.unitsAt[layer]! + unit]! - value)).toBeLessThan(1e-13);
      });
    }
  });

  test.each(SHALLOW)("%s: every entry of every gradient is its central difference", (_, network) => {
    const replicate = aliveReplicate(network);
    const tape = run(network, replicate);
    const cotangent = cotangentOf(network, replicate);
    // <cotangent, h_L> is linear in one weight while no unit changes sign, so the difference has rounding error only:
    // the plain passes err by less than 1e-14, over 2 * 2^-20.
    const step = 2 ** -20;
    const tolerance = 1e-14 / step;
    let largest = 0;
    for (let layer = 1; layer <= tape.depth; layer++) {
      const { weights, at, fanIn, fanOut } = tape.layers[layer - 1]!;
      for (let index = 0; index < fanIn * fanOut; index++) {
        const kept = weights[at + index]!;
        weights[at + index] = kept + step;
        const above = plainValue(tape, cotangent);
        weights[at + index] = kept - step;
        const below = plainValue(tape, cotangent);
        weights[at + index] = kept;
        const gradient = gradientEntry(tape, layer, Math.floor(index / fanIn), index % fanIn);
        expect(Math.abs(gradient - (above - below) / (2 * step))).toBeLessThan(tolerance);
        largest = Math.max(largest, Math.abs(gradient));
      }
    }
    expect(largest).toBeGreaterThan(1000 * tolerance);
  });

  test.each([
    ...SHALLOW,
    ["a deep network of vanishing norm", mlp({ width: 8, depth: 512, activation: "linear", init: torchDefault })],
    ["a deep ReLU network", mlp({ width: 48, depth: 512, activation: "relu", init: heNormal })],
  ] as const)("%s: the inner product of each layer's weights with their gradient is the value itself", (_, network) => {
    const replicate = aliveReplicate(network);
    const tape = run(network, replicate);
    const value = inner(tape, tape.depth, cotangentOf(network, replicate));
    for (let layer = 1; layer <= tape.depth; layer++) {
      // Logs up to 1500, summed up to 512 times: 512 * 1500 * 2^-53 < 1e-10.
      expect(Math.abs(euler(tape, layer) - value)).toBeLessThan(1e-10);
    }
  });

  test("a dead layer leaves zeros and -Infinity after it, and no gradient anywhere in a ReLU network", () => {
    const network = mlp({ width: 2, depth: 24, activation: "relu", init: heNormal });
    // P(alive) = (1 - 1/4)^24 = .001 a replicate.
    const replicate = [0, 1, 2].find((candidate) => run(network, candidate).logHidden[24] === -Infinity)!;
    const tape = run(network, replicate);
    const death = tape.logHidden.indexOf(-Infinity);
    expect(death).toBeGreaterThan(0);
    expect([...tape.logHidden.slice(death)].every((value) => value === -Infinity)).toBe(true);
    expect([...tape.hidden.slice(tape.unitsAt[death])].every((value) => value === 0)).toBe(true);
    for (let layer = 1; layer <= 24; layer++) {
      expect(tape.logDelta[layer]! + tape.logHidden[layer - 1]!).toBe(-Infinity);
    }
  });

  test("a unit at exactly 0 is masked: the derivative there is the slope, not 1", () => {
    const network = mlp({ width: 2, depth: 1, activation: { leakySlope: 0.25 }, init: heNormal });
    const tape = openTape(network, 1, "activated");
    tape.layers[0]!.weights.set([0, 0, 1, 0]);
    tape.hidden[0] = 1;
    forward(tape);
    expect([...tape.derivative.slice(2)]).toEqual([0.25, 1]);
  });

  test("a linear head keeps its negative outputs", () => {
    const network = mlp({ width: 1, depth: 1, activation: "relu", init: heNormal });
    const tape = openTape(network, 1, "linear");
    tape.layers[0]!.weights[0] = -3;
    tape.hidden[0] = 1;
    forward(tape);
    expect(tape.hidden[1]).toBe(-1);
    expect(tape.logHidden[1]).toBeCloseTo(Math.log(9), 14);
  });

  test("one example does not touch another, and passing twice gives the same bytes", () => {
    const network = mlp({ width: 5, depth: 3, activation: "relu", init: heNormal });
    const alone = run(network, 1);
    const tape = openTape(network, 3, "activated");
    drawNetwork(tape, openStream(KEY, 1, LANES.weights));
    for (const example of [0, 1, 2]) {
      fillDirection(openStream(KEY, example, LANES.input), tape.hidden, example * tape.units, example * tape.units + 5);
    }
    forward(tape);
    forward(tape);
    expect(tape.hidden.slice(tape.units, 2 * tape.units)).toEqual(alone.hidden);
    expect(tape.logHidden.slice(4, 8)).toEqual(alone.logHidden);
  });
});

/** A pass of one random input forward and one random cotangent backward, as `backpropagate` does it. */
function run(network: Mlp, replicate: number): Tape {
  const tape = openTape(network, 1, "activated");
  drawNetwork(tape, openStream(KEY, replicate, LANES.weights));
  fillDirection(openStream(KEY, replicate, LANES.input), tape.hidden, 0, network.widths[0]!);
  forward(tape);
  tape.delta.set(cotangentOf(network, replicate), tape.unitsAt[tape.depth]!);
  backward(tape);
  return tape;
}

function aliveReplicate(network: Mlp): number {
  for (let replicate = 0; ; replicate++) {
    const tape = run(network, replicate);
    if (tape.logDelta[1]! > -Infinity && tape.logHidden[tape.depth]! > -Infinity) return replicate;
  }
}

function cotangentOf(network: Mlp, replicate: number): Float64Array {
  const cotangent = new Float64Array(network.widths.at(-1)!);
  fillDirection(openStream(KEY, replicate, LANES.cotangent), cotangent, 0, cotangent.length);
  return cotangent;
}

/** All representations with no rescaling, from the tape's weights and input. */
function plainForward(tape: Tape): readonly (readonly number[])[] {
  const slope = slopeOf(tape.network.activation);
  const representations = [[...tape.hidden.slice(0, tape.unitsAt[1])]];
  for (const { weights, at, fanIn, fanOut } of tape.layers) {
    const input = representations.at(-1)!;
    representations.push(
      Array.from({ length: fanOut }, (_, row) => {
        const z = input.reduce((sum, value, column) => sum + weights[at + row * fanIn + column]! * value, 0);
        return z > 0 ? z : slope * z;
      }),
    );
  }
  return representations;
}

function plainValue(tape: Tape, cotangent: Float64Array): number {
  return plainForward(tape)
    .at(-1)!
    .reduce((sum, value, unit) => sum + value * cotangent[unit]!, 0);
}

/** d<cotangent, h_L> / dW_l at one place. */
function gradientEntry(tape: Tape, layer: number, row: number, column: number): number {
  const scale = Math.exp((tape.logDelta[layer]! + tape.logHidden[layer - 1]!) / 2);
  return scale * tape.delta[tape.unitsAt[layer]! + row]! * tape.hidden[tape.unitsAt[layer - 1]! + column]!;
}

function inner(tape: Tape, layer: number, vector: Float64Array): number {
  return vector.reduce((sum, value, unit) => sum + value * tape.hidden[tape.unitsAt[layer]! + unit]!, 0);
}

/** <W_l, gradient of W_l> over ||h_L||. */
function euler(tape: Tape, layer: number): number {
  const { weights, at, fanIn, fanOut } = tape.layers[layer - 1]!;
  let sum = 0;
  for (let row = 0; row < fanOut; row++) {
    for (let column = 0; column < fanIn; column++) {
      sum +=
        weights[at + row * fanIn + column]! *
        tape.delta[tape.unitsAt[layer]! + row]! *
        tape.hidden[tape.unitsAt[layer - 1]! + column]!;
    }
  }
  const logScale = tape.logDelta[layer]! + tape.logHidden[layer - 1]! - tape.logHidden[tape.depth]!;
  return sum * Math.exp(logScale / 2);
}
