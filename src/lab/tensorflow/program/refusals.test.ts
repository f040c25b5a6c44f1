import { beforeAll, describe, expect, test } from "vitest";
import { diffusion } from "../../../../test/conformance/engines/fixtures.ts";
import type { StreamKey } from "../../../numerics/stream.ts";
import { type Engine, UnsupportedError } from "../../contract/engine.ts";
import type { ModelRequest } from "../../contract/model-request.ts";
import { parameterCount } from "../../networks/layered-network.ts";
import { heNormal, type LayerDescription, type LayeredNetwork, mlp } from "../../networks/network.ts";
import type { Optimiser } from "../../networks/optimiser.ts";
import { modelOperations } from "../../program/model-operations.ts";
import { plainPrimitives } from "../../reference/plain-primitives.ts";
import { openTensorflow } from "../engine.ts";

const KEY: StreamKey = [41, 42, 43, 44];
const exact = modelOperations(plainPrimitives());
let engine: Engine;
beforeAll(async () => {
  engine = await openTensorflow();
});

const dense = (width: number): LayerDescription => ({ kind: "dense", width, bias: { standardDeviation: 0.3 } });
const relu: LayerDescription = { kind: "activation", activation: "relu" };
const onPairs = (...layers: readonly LayerDescription[]): LayeredNetwork => ({
  ...{ kind: "layered", input: 2, init: heNormal, layers },
});
const requestOf = (network: LayeredNetwork): ModelRequest => ({
  network,
  loss: "squared",
  batch: { size: 5, inputs: "sphere", targets: "gaussian" },
  streams: { key: KEY, first: 0, count: 3 },
});

describe("what float32 cannot hold", () => {
  const deep = (gain: number): ModelRequest => ({
    ...requestOf({
      ...onPairs(...new Array(30).fill({ kind: "dense", width: 2, bias: "none" })),
      init: { ...heNormal, gain },
    }),
    batch: { size: 2, inputs: "sphere", targets: { constant: 0 } },
  });

  test("signals and gradients that underflow are refused, not returned as zeros", () => {
    const refusal = (operation: () => unknown) => {
      expect(operation).toThrow(UnsupportedError);
      expect(operation).toThrow(/float32/);
    };
    refusal(() => engine.layerNorms(deep(1e-3)));
    refusal(() => engine.gradients(deep(1e-3)));
    refusal(() => engine.gradients(deep(0.02)));
    expect(engine.gradients(deep(1)).logNorms.every(Number.isFinite)).toBe(true);
  });

  test("what overflows on the way is refused, not returned as infinite or NaN", () => {
    const operations = ["layerNorms", "outputs", "gradients", "hessians", "hessianEigenvalues"] as const;
    for (const operation of operations) {
      expect(() => engine[operation](deep(1e6)), operation).toThrow(/float32, which overflows/);
    }
    expect(() => engine.extremeEigenvalues({ ...deep(1e6), iterations: 4 })).toThrow(/float32, which overflows/);
    expect(exact.gradients(deep(1e6)).gradients.every(Number.isFinite)).toBe(true);
  });

  test("draws of a request that float32 cannot hold are refused, each by its name", () => {
    const network = onPairs(dense(2), relu, dense(1));
    const request = requestOf(network);
    const optimiser: Optimiser = { name: "normalised-descent", rate: 0.1, epsilon: 0 };
    const follow = (changed: object) => () =>
      engine.trajectories({ ...request, optimiser, steps: 2, recordEvery: 2, ...changed });
    const far = { size: 1, inputs: "sphere", targets: { constant: 2 ** 290 } };
    expect(follow({ batch: far })).toThrow(/requires targets of at most 2\^60, got 1\.9\d*e\+87/);
    expect(follow({ noise: 2 ** 287 })).toThrow(/requires noise of at most 2\^60/);
    expect(follow({ offset: new Float64Array(parameterCount(network)).fill(2 ** 61) })).toThrow(
      /requires parameters of at most 2\^60/,
    );
    expect(follow({ noise: 2 ** 59 })).not.toThrow();
  });

  test("a gradient that is exactly zero is no underflow", () => {
    const network = onPairs(dense(3), relu, { kind: "dense", width: 2, bias: "none", initial: "zero" });
    const { logNorms } = engine.gradients(requestOf(network));
    expect([...logNorms.subarray(0, 2)]).toEqual([-Infinity, -Infinity]);
    expect(logNorms[2]).toBeGreaterThan(-Infinity);
  });
});

describe("what this engine refuses, with the reason", () => {
  const streams = { key: KEY, first: 0, count: 1 };
  const perceptron = mlp({ width: 3, depth: 2, activation: "relu", init: heNormal });
  const chain = { kind: "chain", depth: 4, activation: "linear", init: heNormal } as const;
  const optimiser: Optimiser = { name: "gradient-descent", rate: 0.1 };

  test.each<readonly [string, (e: Engine) => unknown, RegExp]>([
    [
      "propagate, law-exact",
      (e) => e.propagate({ network: perceptron, input: { law: "sphere" }, sampling: "law-exact", streams }),
      /requires direct sampling/,
    ],
    [
      "backpropagate, law-exact",
      (e) => e.backpropagate({ network: perceptron, input: { law: "sphere" }, sampling: "law-exact", streams }),
      /requires direct sampling/,
    ],
    ["chainWeights", (e) => e.chainWeights({ network: chain, streams }), /own draws/],
    ["chainHessians", (e) => e.chainHessians({ network: chain, target: 1, streams }), /smallest eigenvalues/],
    ["diffusionExits", (e) => e.diffusionExits({ process: diffusion, streams }), /own noise/],
    [
      "chainEscapes",
      (e) => e.chainEscapes({ network: chain, method: { name: "gradient-flow" }, streams }),
      /float32 absorbs/,
    ],
    [
      "chainTrajectories",
      (e) => e.chainTrajectories({ network: chain, target: 1, optimiser, steps: 1, recordEvery: 1, streams }),
      /float32 absorbs/,
    ],
  ])("%s", (_, ask, reason) => {
    expect(() => ask(engine)).toThrow(UnsupportedError);
    expect(() => ask(engine)).toThrow(reason);
  });
});
