import { describe, expect, test } from "vitest";
import { heNormal, mlp, xavierNormal } from "../src/lab/networks/network.ts";
import { reference } from "../src/lab/reference/engine.ts";
import { KEY } from "../test/conformance/engines/fixtures.ts";
import { naiveNetwork } from "../test/conformance/engines/naive/backpropagate.ts";
import { squaredNorm } from "../test/conformance/engines/naive/linear-chain.ts";
import { drawWeights, passForward } from "../test/conformance/engines/naive/pass.ts";
import { forwardLogNorm } from "./forward-log-norm.ts";
import { gradientLogNorm } from "./gradient-log-norm.ts";
import { layerNormRatio } from "./layer-norm-ratio.ts";

// Each observation beside what its description says, said again with nested arrays, plain logarithms and differences.
const COUNT = 300;
const context = { engine: reference, streams: { key: KEY, first: 0, count: COUNT }, data: {} };
const relu = mlp({ width: 4, depth: 5, activation: "relu", init: heNormal });
const rows = Array.from({ length: COUNT }, (_, row) => row);

/** ||h_l||^2 of each layer of each network, the input's first, which is 1. */
const squares = rows.map((row) => {
  const weights = drawWeights(relu, KEY, row);
  return passForward(
    weights,
    weights.map(() => relu.activation),
    [1, 0, 0, 0],
  ).hidden.map(squaredNorm);
});

describe("forward-log-norm observes of a network", () => {
  const seen = forwardLogNorm(relu).observe(context);

  test("ln of its last squared norm, and that over the depth", () => {
    for (const row of rows) {
      const last = Math.log(squares[row]!.at(-1)!);
      expect(seen.logNormSquared[row]).toBeCloseTo(last, 10);
      expect(seen.meanLogIncrement[row]).toBeCloseTo(last / 5, 10);
    }
  });

  test("whether the squared norm, not the norm, is below a tenth", () => {
    const below = rows.map((row) => (squares[row]!.at(-1)! < 0.1 ? 1 : 0));
    expect([...seen.belowTenth]).toEqual(below);
    // some networks lie between a hundredth and a tenth, or the two could not be told apart
    expect(rows.filter((row) => squares[row]!.at(-1)! < 0.1 && squares[row]!.at(-1)! > 0.01).length).toBeGreaterThan(9);
  });

  test("whether it is alive, and dead if not", () => {
    const alive = rows.map((row) => (squares[row]!.every((square) => square > 0) ? 1 : 0));
    expect([...seen.alive]).toEqual(alive);
    expect([...seen.dead]).toEqual(alive.map((value) => 1 - value));
    expect(new Set(alive).size).toBe(2);
  });
});

test("layer-norm-ratio observes the mean of the layers' factors, where no layer dies", () => {
  const { meanRatio } = layerNormRatio(relu).observe(context);
  const living = rows.filter((row) => squares[row]!.every((square) => square > 0));
  expect(living.length).toBeGreaterThan(100);
  for (const row of living) {
    const ratios = squares[row]!.slice(1).map((square, layer) => square / squares[row]![layer]!);
    expect(meanRatio[row]).toBeCloseTo(ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length, 10);
  }
});

describe.each([
  ["linear", mlp({ width: 3, depth: 4, activation: "linear", init: xavierNormal })],
  ["ReLU", mlp({ width: 4, depth: 3, activation: "relu", init: heNormal })],
])("gradient-log-norm of a %s network observes", (_, network) => {
  const seen = gradientLogNorm(network).observe(context);
  const depth = network.widths.length - 1;
  const width = network.widths[0]!;

  /** ln of the squared norm of the output's gradient in one layer, by central differences of every weight. */
  function differences(row: number, layer: number): number {
    const request = { network, input: { law: "basis" }, streams: context.streams } as const;
    const { pass, cotangent } = naiveNetwork(request, row);
    const output = (change: number, unit: number, from: number) => {
      const weights = pass.weights.map((matrix, at) =>
        matrix.map((line, i) => line.map((w, j) => (at === layer && i === unit && j === from ? w + change : w))),
      );
      const basis = Array.from({ length: width }, (_, at) => (at === 0 ? 1 : 0));
      const activations = weights.map(() => network.activation);
      const last = passForward(weights, activations, basis).hidden.at(-1)!;
      return last.reduce((sum, value, at) => sum + value * cotangent[at]!, 0);
    };
    let sum = 0;
    for (let unit = 0; unit < width; unit++) {
      for (let from = 0; from < width; from++) {
        sum += ((output(1e-6, unit, from) - output(-1e-6, unit, from)) / 2e-6) ** 2;
      }
    }
    return Math.log(sum);
  }

  const some = rows.slice(0, 40).filter((row) => seen.alive[row] === 1);

  test("the first layer's gradient first and the last layer's last", () => {
    expect(some.length).toBeGreaterThan(9);
    for (const row of some) {
      // an error of differences of 1e-6 in each entry, and rounding of 1e-16 / 1e-6
      expect(Math.abs(seen.logGradientFirst[row]! - differences(row, 0))).toBeLessThan(1e-5);
      expect(Math.abs(seen.logGradientLast[row]! - differences(row, depth - 1))).toBeLessThan(1e-5);
      expect(seen.firstLessLast[row]).toBeCloseTo(seen.logGradientFirst[row]! - seen.logGradientLast[row]!, 12);
    }
  });
});
