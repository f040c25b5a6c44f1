import { describe, expect, test } from "vitest";
import { drawParameters } from "../../src/lab/draws/draw-parameters.ts";
import { fillInput } from "../../src/lab/draws/input.ts";
import { parameterCount } from "../../src/lab/networks/layered-network.ts";
import { multilayerPerceptron } from "../../src/lab/networks/multilayer-perceptron.ts";
import {
  type LayeredNetwork,
  orthogonal,
  torchDefault,
  xavierNormal,
  xavierUniform,
} from "../../src/lab/networks/network.ts";
import { reference } from "../../src/lab/reference/engine.ts";
import { jacobianSingularValues, type LayerInNetwork } from "./jacobian-singular-values.ts";
import { layerFactor } from "./layer-factor.ts";
import { weightGradients } from "./weight-gradients.ts";

const COUNT = 6;
const context = {
  engine: reference,
  streams: { key: [3, 1, 4, 1], first: 0, count: COUNT } as const,
  data: {},
} as const;

type Matrix = readonly (readonly number[])[];

/** Weight matrices of a perceptron without biases, one row an output. */
function weightsOf(network: LayeredNetwork, widths: readonly number[], row: number): readonly Matrix[] {
  const flat = new Float64Array(parameterCount(network));
  drawParameters(network, context.streams.key, row, flat, 0);
  let at = 0;
  return widths.slice(1).map((outputs, layer) =>
    Array.from({ length: outputs }, () => {
      at += widths[layer]!;
      return [...flat.slice(at - widths[layer]!, at)];
    }),
  );
}

function inputOf(width: number, row: number): readonly number[] {
  const input = new Float64Array(width);
  fillInput({ input: { law: "sphere" }, width, key: context.streams.key }, row, input);
  return [...input];
}

const times = (matrix: Matrix, vector: readonly number[]) =>
  matrix.map((weights) => weights.reduce((sum, weight, index) => sum + weight * vector[index]!, 0));
const transposed = (matrix: Matrix): Matrix => matrix[0]!.map((_, column) => matrix.map((weights) => weights[column]!));
const meanSquare = (vector: readonly number[]) => vector.reduce((sum, value) => sum + value * value, 0) / vector.length;

describe("layerFactor, from the weights themselves", () => {
  test.each([torchDefault, xavierUniform])("$fan, gain $gain: forward W x, backward W^T 1", (init) => {
    const [from, to] = [5, 9];
    const network = multilayerPerceptron({ widths: [from, to], activation: "linear", init });
    const seen = (direction: "forward" | "backward") =>
      layerFactor({ from, to, init, direction }).observe(context).factor;
    for (let row = 0; row < COUNT; row++) {
      const [weights] = weightsOf(network, [from, to], row) as [Matrix];
      const input = inputOf(from, row);
      expect(seen("forward")[row]).toBeCloseTo(meanSquare(times(weights, input)) / meanSquare(input), 12);
      // the gradient at the output is the same far number everywhere, but for the output itself: a millionth of it
      const back = meanSquare(times(transposed(weights), new Array(to).fill(1)));
      expect(seen("backward")[row]! / back).toBeCloseTo(1, 4);
    }
  });
});

test("weightGradients: mean squares of finite differences, first layer over last, of unequal sizes", () => {
  const widths = [3, 4, 2];
  const network = multilayerPerceptron({ widths, activation: "tanh", init: xavierUniform });
  const { firstLessLast } = weightGradients(network).observe(context);
  for (let row = 0; row < COUNT; row++) {
    const [first, last] = weightsOf(network, widths, row) as [Matrix, Matrix];
    const input = inputOf(3, row);
    // along a gradient of ones at the output
    const along = (below: Matrix, above: Matrix) =>
      times(above, times(below, input).map(Math.tanh)).reduce((sum, value) => sum + value, 0);
    const gradient = (matrix: Matrix, value: (changed: Matrix) => number) =>
      matrix.flatMap((weights, i) =>
        weights.map((_, j) => {
          const moved = (by: number) =>
            value(matrix.map((line, at) => line.map((weight, to) => (at === i && to === j ? weight + by : weight))));
          return (moved(1e-5) - moved(-1e-5)) / 2e-5;
        }),
      );
    const [lower, upper] = [
      gradient(first, (matrix) => along(matrix, last)),
      gradient(last, (matrix) => along(first, matrix)),
    ];
    expect(firstLessLast[row]).toBeCloseTo(Math.log(meanSquare(lower) / meanSquare(upper)), 4);
  }
});

describe("jacobianSingularValues", () => {
  const seen = (place: LayerInNetwork) => jacobianSingularValues(place).observe(context).meanSingularValue;

  test("of one unit: the size of the weight times the slope", () => {
    const found = seen({ width: 1, layer: 2, activation: "tanh", init: xavierNormal });
    const network = multilayerPerceptron({ width: 1, depth: 2, activation: "linear", init: xavierNormal });
    for (let row = 0; row < COUNT; row++) {
      const [[[a]], [[b]]] = weightsOf(network, [1, 1, 1], row) as [[[number]], [[number]]];
      const below = Math.tanh(a * inputOf(1, row)[0]!);
      expect(found[row]).toBeCloseTo(Math.abs(b) * (1 - Math.tanh(b * below) ** 2), 10);
    }
  });

  test("of two units: (s + t)^2 = ||J||^2 + 2 |det J|, without any singular value", () => {
    const found = seen({ width: 2, layer: 2, activation: "tanh", init: xavierUniform });
    const network = multilayerPerceptron({ width: 2, depth: 2, activation: "linear", init: xavierUniform });
    for (let row = 0; row < COUNT; row++) {
      const [below, weights] = weightsOf(network, [2, 2, 2], row) as [Matrix, Matrix];
      const before = times(weights, times(below, inputOf(2, row)).map(Math.tanh));
      const j = weights.map((line, unit) => line.map((weight) => weight / Math.cosh(before[unit]!) ** 2));
      const squares = j.flat().reduce((sum, value) => sum + value * value, 0);
      const determinant = j[0]![0]! * j[1]![1]! - j[0]![1]! * j[1]![0]!;
      expect(found[row]).toBeCloseTo(Math.sqrt(squares + 2 * Math.abs(determinant)) / 2, 10);
    }
  });

  test("linear: orthogonal weights have all of them at the root of the gain", () => {
    for (const value of seen({ width: 8, layer: 3, activation: "linear", init: orthogonal(0.25) })) {
      expect(value).toBeCloseTo(0.5, 10);
    }
  });
});
