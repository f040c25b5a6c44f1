import { expect, test } from "vitest";
import { multilayerPerceptron } from "../../src/lab/networks/multilayer-perceptron.ts";
import { xavierUniform } from "../../src/lab/networks/network.ts";
import { reference } from "../../src/lab/reference/engine.ts";
import { chainHessianForms } from "./chain-hessian-forms.ts";

const streams = { key: [4, 2, 4, 2], first: 0, count: 400 } as const;
const observe = (depth: number, bias: "none" | { readonly standardDeviation: number } = "none") => {
  const network = multilayerPerceptron({ width: 1, depth, activation: "linear", init: xavierUniform, bias });
  return chainHessianForms(network, depth).observe({ engine: reference, streams, data: {} }).apart;
};

test.each([2, 3, 8])("at depth %d both forms agree to rounding, whatever the sign of the input", (depth) => {
  for (const value of observe(depth)) expect(value).toBeLessThan(1);
});

test("also where one weight is ten thousand times as small as the next, as in one chain of many", () => {
  const depth = 3;
  const weights = reference.chainWeights({
    network: { kind: "chain", depth, activation: "linear", init: xavierUniform },
    streams: { ...streams, count: 20_000 },
  });
  const ratioOf = (row: number) => {
    const [first, second] = [...weights.subarray(row * depth, (row + 1) * depth)].map(Math.abs).sort((a, b) => a - b);
    return second! / first!;
  };
  const row = Array.from({ length: 20_000 }, (_, at) => at).find((at) => ratioOf(at) > 1e4)!;
  const network = multilayerPerceptron({ width: 1, depth, activation: "linear", init: xavierUniform });
  const context = { engine: reference, streams: { ...streams, first: row, count: 1 }, data: {} };
  expect(chainHessianForms(network, depth).observe(context).apart[0]).toBeLessThan(1);
});

test("they do not with biases, whose network is another function", () => {
  for (const value of observe(3, { standardDeviation: 1 })) expect(value).toBeGreaterThan(1e3);
});
