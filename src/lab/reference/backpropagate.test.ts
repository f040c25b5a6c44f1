import { describe, expect, test } from "vitest";
import { digamma, trigamma } from "../../numerics/special-functions.ts";
import type { StreamKey } from "../../numerics/stream.ts";
import { heNormal, heUniform, type Mlp, mlp, orthogonal, torchDefault, xavierNormal } from "../networks/network.ts";
import { backpropagate } from "./backpropagate.ts";
import { propagate } from "./propagate.ts";

const KEY: StreamKey = [41, 42, 43, 44];
const streams = { key: KEY, first: 0, count: 6 };

describe("backpropagate", () => {
  test.each<[string, Mlp]>([
    ["constant width", mlp({ width: 12, depth: 20, activation: "relu", init: heUniform })],
    ["a profile", { kind: "mlp", widths: [9, 30, 3, 17], activation: { leakySlope: 0.5 }, init: heNormal }],
  ])("%s: sees the network that propagate sees in the same stream", (_, network) => {
    const { logNorm } = backpropagate({ network, input: { law: "sphere" }, streams });
    const { logIncrements } = propagate({ network, input: { law: "sphere" }, streams });
    const depth = network.widths.length - 1;
    for (let row = 0; row < streams.count; row++) {
      const total = logIncrements.subarray(row * depth, (row + 1) * depth).reduce((sum, value) => sum + value, 0);
      expect(logNorm[row]).toBe(total);
    }
  });

  test("linear and orthogonal: norms and gradients are 1 in every layer, to rounding", () => {
    const network = mlp({ width: 16, depth: 64, activation: "linear", init: orthogonal(1) });
    const { logNorm, logGradients } = backpropagate({ network, input: { law: "sphere" }, streams });
    // A layer is 16 reflections of 16 entries: its norm errs by less than 2 * 16 * 16 * 2^-53 = 6e-14, its logarithm by twice that.
    for (const value of [...logNorm, ...logGradients]) expect(Math.abs(value)).toBeLessThan(64 * 1.2e-13);
  });

  test("a ReLU layer with a whole orthogonal matrix has the law that propagate draws as a direction", () => {
    const count = 20_000;
    const network = mlp({ width: 2, depth: 1, activation: "relu", init: orthogonal(2) });
    const { logNorm } = backpropagate({ network, input: { law: "sphere" }, streams: { ...streams, count } });
    const alive = logNorm.filter((value) => value > -Infinity);
    // One of two units active with chance 2/3 given one at least: mean (2/3)(psi(1/2) - psi(1)) + ln 2.
    const single = digamma(0.5) - digamma(1);
    const mean = (2 / 3) * single;
    const variance = (2 / 3) * (trigamma(0.5) - trigamma(1) + single ** 2) - mean ** 2;
    const found = alive.reduce((sum, value) => sum + value, 0) / alive.length;
    expect(Math.abs(found - mean - Math.LN2)).toBeLessThan(5 * Math.sqrt(variance / alive.length));
    expect(Math.abs(alive.length / count - 3 / 4)).toBeLessThan(5 * Math.sqrt(3 / 16 / count));
  });

  test("in a linear network all layers' gradients share one law, with mean (L - 1) m(d)", () => {
    const count = 1500;
    const depth = 12;
    const d = 6;
    const network = mlp({ width: d, depth, activation: "linear", init: xavierNormal });
    const { logGradients } = backpropagate({ network, input: { law: "sphere" }, streams: { ...streams, count } });
    for (let layer = 0; layer < depth; layer++) {
      let sum = 0;
      for (let row = 0; row < count; row++) sum += logGradients[row * depth + layer]!;
      const exact = (depth - 1) * (digamma(d / 2) + Math.log(2 / d));
      const error = Math.sqrt(((depth - 1) * trigamma(d / 2)) / count);
      expect(Math.abs(sum / count - exact)).toBeLessThan(5 * error);
    }
  });

  test("width 1: every gradient is the product of the other weights", () => {
    const depth = 9;
    const network = mlp({ width: 1, depth, activation: "linear", init: xavierNormal });
    const { logNorm, logGradients } = backpropagate({ network, input: { law: "basis" }, streams });
    const { logIncrements } = propagate({ network, input: { law: "basis" }, streams });
    for (let index = 0; index < logGradients.length; index++) {
      // Sums of 9 logarithms of size below 80.
      const others = logNorm[Math.floor(index / depth)]! - logIncrements[index]!;
      expect(Math.abs(logGradients[index]! - others)).toBeLessThan(9 * 80 * 2 ** -52);
    }
  });

  test.each([
    ["vanishing", torchDefault],
    ["exploding", { ...heNormal, gain: 32 }],
  ])("4096 layers, %s: all logs are finite and far outside the range of float64", (_, init) => {
    const network = mlp({ width: 24, depth: 4096, activation: "relu", init });
    const { logNorm, logGradients } = backpropagate({
      network,
      input: { law: "basis" },
      streams: { ...streams, count: 1 },
    });
    expect(Math.abs(logNorm[0]!)).toBeGreaterThan(7000);
    expect(logGradients.every((value) => Number.isFinite(value) && Math.abs(value) > 6500)).toBe(true);
  });

  test("a dead ReLU network has no gradient in any layer, and no norm", () => {
    const network = mlp({ width: 2, depth: 30, activation: "relu", init: heNormal });
    const { logNorm, logGradients } = backpropagate({ network, input: { law: "sphere" }, streams });
    const { layersAlive } = propagate({ network, input: { law: "sphere" }, streams });
    const dead = [...layersAlive.keys()].filter((row) => layersAlive[row]! < 30);
    // P(a network of these is alive) = (3/4)^30 = 2e-4.
    expect(dead.length).toBeGreaterThan(0);
    for (const row of dead) {
      expect(logNorm[row]).toBe(-Infinity);
      expect(logGradients.subarray(30 * row, 30 * row + 30).every((value) => value === -Infinity)).toBe(true);
    }
  });

  test("a taper's gradients are not flat: the first layer's exceeds the last's by the ratio of the widths", () => {
    const widths = [32, 28, 24, 20, 16, 12, 8, 6];
    const depth = widths.length - 1;
    const network: Mlp = { kind: "mlp", widths, activation: "linear", init: heNormal };
    const count = 600;
    const { logGradients } = backpropagate({ network, input: { law: "sphere" }, streams: { ...streams, count } });
    const differences = Array.from({ length: count }, (_, row) => {
      return logGradients[depth * row]! - logGradients[depth * row + depth - 1]!;
    });
    const mean = differences.reduce((sum, value) => sum + value, 0) / count;
    const variance = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
    // Backward through layer l: psi(d_(l-1) / 2) + ln(2 gain / d_(l-1)); forward: psi(d_l / 2) + ln(2 gain / d_(l-1)).
    // All but ln(d_0 / d_(L-1)) cancels in the sums over l = 2..L and l = 1..L-1.
    expect(Math.abs(mean - Math.log(32 / 8))).toBeLessThan(5 * Math.sqrt(variance / count));
  });
});
