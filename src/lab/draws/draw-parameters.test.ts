import { describe, expect, test } from "vitest";
import { drawInstance } from "../../../test/conformance/engines/oracle/model-instance.ts";
import { smallNetworks } from "../../../test/conformance/engines/oracle/small-networks.ts";
import { fillGaussian } from "../../numerics/random.ts";
import type { StreamKey } from "../../numerics/stream.ts";
import type { ModelRequest } from "../contract/model-request.ts";
import { parameterArrays, parameterCount } from "../networks/layered-network.ts";
import type { Initialisation, LayeredNetwork } from "../networks/network.ts";
import { modelOperations } from "../program/model-operations.ts";
import { plainPrimitives } from "../reference/plain-primitives.ts";
import { drawParameters } from "./draw-parameters.ts";

const KEY: StreamKey = [111, 112, 113, 114];

function drawn(network: LayeredNetwork, replicate: number): Float64Array {
  const out = new Float64Array(parameterCount(network) + 2).fill(7);
  drawParameters(network, KEY, replicate, out, 1);
  expect([out[0], out[out.length - 1]]).toEqual([7, 7]);
  return out.slice(1, -1);
}

function requestOf(network: LayeredNetwork, count = 1): ModelRequest {
  const batch = { size: 2, inputs: "gaussian", targets: "gaussian" } as const;
  return { network, loss: "squared", batch, streams: { key: KEY, first: 0, count } };
}

describe("drawParameters", () => {
  const laws: readonly Initialisation[] = [
    { law: "gaussian", gain: 2, fan: "in" },
    { law: "gaussian", gain: 0.7, fan: "average" },
    { law: "uniform", gain: 1 / 3, fan: "in" },
    { law: "uniform", gain: 1, fan: "average" },
    { law: "student-t", gain: 1, fan: "in", degreesOfFreedom: 2 },
    { law: "rademacher", gain: 2, fan: "average" },
  ];

  test.each(laws)("%o: the definition's draws, to the last bit, for every kind of layer", (init) => {
    for (const [, network] of smallNetworks) {
      const described = { ...network, init };
      for (const replicate of [0, 3]) {
        const { parameters } = drawInstance(requestOf(described), replicate);
        expect([...drawn(described, replicate)]).toEqual(parameters);
      }
    }
  });

  test("variances are gain / fan, a bias's its own", () => {
    const network: LayeredNetwork = {
      kind: "layered",
      input: { channels: 8, height: 3, width: 3 },
      layers: [
        { kind: "convolution", channels: 24, size: 3, padding: "zero", bias: { standardDeviation: 0.5 } },
        { kind: "dense", width: 20, bias: "none" },
      ],
      init: { law: "gaussian", gain: 2, fan: "average" },
    };
    const parameters = drawn(network, 0);
    const expected = [2 / ((72 + 9 * 24) / 2), 0.25, 2 / ((216 + 20) / 2)];
    for (const [index, { offset, length }] of parameterArrays(network).entries()) {
      const square = parameters.slice(offset, offset + length).reduce((sum, w) => sum + w * w, 0) / length;
      // A mean of squares of Gaussians has relative variance 2 / n: five standard errors.
      expect(Math.abs(square / expected[index]! - 1)).toBeLessThan(5 * Math.sqrt(2 / length));
    }
  });
});

test("an engine's own Gaussian draws are used for all of them", () => {
  const plain = plainPrimitives();
  let memory: Float64Array = new Float64Array(0);
  let draws = 0;
  const counting = {
    ...plain,
    reserve(length: number) {
      memory = plain.reserve(length);
      return memory;
    },
    fillGaussian(...[stream, from, to]: Parameters<NonNullable<typeof plain.fillGaussian>>) {
      draws += to - from;
      fillGaussian(stream, memory, from, to);
    },
  };
  const [, network] = smallNetworks[1]!;
  const optimiser = { name: "gradient-descent", rate: 0.1 } as const;
  const request = { ...requestOf(network, 2), optimiser, steps: 3, recordEvery: 1, noise: 0.1 };
  expect(modelOperations(counting).trajectories(request)).toEqual(modelOperations(plain).trajectories(request));
  // Weights and biases, inputs, targets, and the noise of three steps, for two replicates.
  expect(draws).toBe(2 * (36 + 6 + 6 + 3 * 36));
});
