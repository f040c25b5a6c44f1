import { describe, expect, test } from "vitest";
import { multilayerPerceptron } from "../networks/multilayer-perceptron.ts";
import type { SmoothActivation } from "../networks/network.ts";
import { reference } from "../reference/engine.ts";
import { activateSmooth } from "./smooth-activations.ts";

const ALL: readonly SmoothActivation[] = ["tanh", "sigmoid", "silu", "gelu", "selu"];

/** f, f' and f'' at z. */
function at(activation: SmoothActivation, z: number): readonly [number, number, number] {
  const memory = Float64Array.of(z, 0, 0, 0);
  activateSmooth(memory, activation, 1, 0, 1, 2, 3);
  return [memory[1]!, memory[2]!, memory[3]!];
}

describe.each(ALL)("%s", (activation) => {
  test("has the slopes that differences of its values and slopes show", () => {
    // Central differences err by h^2 f''' / 6 and 2^-53 / h: with h = 2^-17 both are below 1e-10.
    const h = 2 ** -17;
    for (const z of [-6, -1.3, -0.2, 0.4, 2, 7]) {
      const [[, first, second], [low, lowSlope], [high, highSlope]] = [z, z - h, z + h].map((x) =>
        at(activation, x),
      ) as [readonly [number, number, number], readonly [number, number, number], readonly [number, number, number]];
      expect(Math.abs((high - low) / (2 * h) - first)).toBeLessThan(1e-9);
      expect(Math.abs((highSlope - lowSlope) / (2 * h) - second)).toBeLessThan(1e-9);
    }
  });

  test("keeps a NaN one, and has its limits at both infinities", () => {
    expect(at(activation, Number.NaN)[0]).toBeNaN();
    const [top, bottom] = [at(activation, Infinity), at(activation, -Infinity)];
    expect([...top, ...bottom].filter(Number.isNaN)).toEqual([]);
    expect(top[0]).toBe(activation === "tanh" || activation === "sigmoid" ? 1 : Infinity);
    expect(bottom[1]).toBe(0);
  });

  test("keeps its digits in the left tail, where sums of 1 and little would lose them", () => {
    // ln |f(z)| of e^z (sigmoid), z e^z (silu), and z phi(z) / |z| (1 - 1/z^2 + 3/z^4) (gelu, Mills' ratio) at z = -30
    const known = {
      tanh: 0,
      sigmoid: -30,
      silu: Math.log(30) - 30,
      gelu: -450 - 0.5 * Math.log(2 * Math.PI) + Math.log(1 - 1 / 900 + 3 / 810000 - 15 / 729000000),
      selu: Math.log(1.0507009873554805 * 1.6732632423543772),
    };
    expect(Math.log(Math.abs(at(activation, -30)[0]))).toBeCloseTo(known[activation], 9);
  });
});

/** E g(Z), Z standard normal: the trapezoidal rule, whose error is that of the kink of selu: step^2 / 12 * 0.71 * phi(0) = 9e-8. */
function expectation(g: (z: number) => number): number {
  const step = 2 ** -9;
  let sum = 0;
  for (let z = -12; z <= 12; z += step) sum += g(z) * Math.exp((-z * z) / 2);
  return (sum * step) / Math.sqrt(2 * Math.PI);
}

describe("moments at a standard normal argument", () => {
  test.each([
    // 1 / sd f(Z) as Brock, De, Smith and Smith 2021 (arXiv 2102.06171) tabulate it from 2^18 draws: some 0.3 per cent
    ["tanh", 1.5939117670059204],
    ["sigmoid", 4.803835391998291],
    ["silu", 1.7881293296813965],
    ["gelu", 1.7015043497085571],
    ["selu", 1.0008515119552612],
  ] as const)("%s: the published gain", (activation, gain) => {
    const f = (z: number) => at(activation, z)[0];
    const variance = expectation((z) => f(z) ** 2) - expectation(f) ** 2;
    expect(Math.abs(1 / Math.sqrt(variance) / gain - 1)).toBeLessThan(0.005);
  });

  test("selu keeps mean 0 and variance 1: what it was made for", () => {
    expect(expectation((z) => at("selu", z)[0])).toBeCloseTo(0, 6);
    expect(expectation((z) => at("selu", z)[0] ** 2)).toBeCloseTo(1, 6);
  });

  test.each(ALL)("%s: a layer whose weights have variance 1 passes on width times E f(Z)^2", (activation) => {
    const width = 64;
    const network = multilayerPerceptron({
      ...{ widths: [width, width, 1], activation },
      init: { law: "gaussian", gain: width, fan: "in" },
    });
    const { logForward } = reference.layerNorms({
      ...{ network, loss: "squared", batch: { size: 1, inputs: "sphere", targets: { constant: 0 } } },
      streams: { key: [91, 92, 93, 94], first: 0, count: 200 },
    });
    let mean = 0;
    for (let row = 0; row < 200; row++) mean += Math.exp(logForward[row * 4 + 2]!) / (width * 200);
    const f = (z: number) => at(activation, z)[0];
    const square = expectation((z) => f(z) ** 2);
    const spread = Math.sqrt((expectation((z) => f(z) ** 4) - square ** 2) / (width * 200));
    // five standard errors: one false alarm in two million
    expect(Math.abs(mean - square)).toBeLessThan(5 * spread);
  });
});
