import { describe, expect, test } from "vitest";
import { drawInstance } from "../../../test/conformance/engines/oracle/model-instance.ts";
import {
  oracleGradient,
  oracleHessianVectorProduct,
  oracleLayerNorms,
  oracleLoss,
} from "../../../test/conformance/engines/oracle/model-oracle.ts";
import { smallNetworks } from "../../../test/conformance/engines/oracle/small-networks.ts";
import { fillGaussian, openStream } from "../../numerics/random.ts";
import type { Loss, ModelRequest } from "../contract/model-request.ts";
import { parameterArrays, parameterCount } from "../networks/layered-network.ts";
import type { LayerDescription, LayeredNetwork } from "../networks/network.ts";
import { plainPrimitives } from "../reference/plain-primitives.ts";
import { modelOperations } from "./model-operations.ts";

const operations = modelOperations(plainPrimitives());
const losses: readonly Loss[] = ["squared", "cross-entropy"];
const cases = smallNetworks.flatMap(([name, network]) => losses.map((loss) => ({ name, network, loss })));

/**
 * Both sides make at most 2^13 roundings on the way to a number: 12 layers, forward, backward and twice along a direction, sums of
 * at most 36 terms.
 */
const ROUNDINGS = 2 ** 13 * 2 ** -53;

function requestOf(network: LayeredNetwork, loss: Loss, size = 3, count = 2): ModelRequest {
  const targets = loss === "squared" ? "gaussian" : "classes";
  return {
    network,
    loss,
    batch: { size, inputs: "gaussian", targets },
    streams: { key: [81, 82, 83, 84], first: 5, count },
  };
}

function normals(length: number, replicate: number): Float64Array {
  const out = new Float64Array(length);
  fillGaussian(openStream([85, 86, 87, 88], replicate, 0), out, 0, length);
  return out;
}

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance = ROUNDINGS): void {
  expect(found.length).toBe(expected.length);
  const size = Math.max(...Array.from(expected, Math.abs));
  for (let i = 0; i < expected.length; i++) {
    expect(Math.abs(found[i]! - expected[i]!)).toBeLessThanOrEqual(tolerance * size);
  }
}

function row(values: Float64Array, index: number, length: number): Float64Array {
  return values.subarray(index * length, (index + 1) * length);
}

describe("against hyper-dual numbers", () => {
  test.each(cases)("$name, $loss: loss, gradient and its norms by array", ({ network, loss }) => {
    const request = requestOf(network, loss);
    const count = parameterCount(network);
    const found = operations.gradients(request);
    const arrays = parameterArrays(network);
    for (let replicate = 0; replicate < 2; replicate++) {
      const instance = drawInstance(request, 5 + replicate);
      const gradient = oracleGradient(request, instance);
      expectClose([found.loss[replicate]!], [oracleLoss(request, instance)]);
      expectClose(row(found.gradients, replicate, count), gradient);
      for (const [index, { offset, length }] of arrays.entries()) {
        const square = gradient.slice(offset, offset + length).reduce((sum, g) => sum + g * g, 0);
        const logNorm = found.logNorms[replicate * arrays.length + index]!;
        // A gradient that only rounding keeps from zero has no logarithm to compare.
        if (square > 1e-20) expect(logNorm).toBeCloseTo(Math.log(square), 8);
        else expect(logNorm).toBeLessThan(Math.log(1e-19));
      }
    }
  });

  test.each(cases)("$name, $loss: Hessian-vector products, one after another at one point", ({ network, loss }) => {
    const request = requestOf(network, loss);
    const count = parameterCount(network);
    const vectors = normals(2 * count, 1);
    const found = operations.hessianVectorProducts({ ...request, vectors });
    // The second product of the second replicate: all that went before has left the buffers as they should be.
    const expected = oracleHessianVectorProduct(request, drawInstance(request, 6), row(vectors, 1, count));
    expectClose(row(found, 3, count), expected);
  });

  test.each(cases)("$name, $loss: norms of signals and of their derivatives at each layer", ({ network, loss }) => {
    const request = requestOf(network, loss, 3, 1);
    const found = operations.layerNorms(request);
    const instance = drawInstance(request, 5);
    const expected = oracleLayerNorms(request, instance);
    expectClose(found.loss, [oracleLoss(request, instance)]);
    expectClose(found.logForward.map(Math.exp), expected.forward);
    expectClose(found.logBackward.map(Math.exp), expected.backward);
  });

  test.each([
    ["one example", 1],
    ["five", 5],
  ])("%s in the batch", (_, size) => {
    for (const [, network] of smallNetworks.slice(1, 9)) {
      const request = requestOf(network, "squared", size, 1);
      const instance = drawInstance(request, 5);
      expectClose(operations.gradients(request).gradients, oracleGradient(request, instance));
      const vectors = normals(parameterCount(network), 2);
      const product = oracleHessianVectorProduct(request, instance, vectors);
      expectClose(operations.hessianVectorProducts({ ...request, vectors }), product);
    }
  });

  test.each(["orthogonal", "uniform", "rademacher", "student-t"] as const)("weights by the law %s", (law) => {
    const layers: readonly LayerDescription[] = [
      { kind: "dense", width: 4, bias: "none" },
      { kind: "activation", activation: "tanh" },
      { kind: "dense", width: 4, bias: { standardDeviation: 0 } },
    ];
    const init = { law, gain: 1, fan: "average", degreesOfFreedom: 2 } as const;
    const request = requestOf({ kind: "layered", input: 4, layers, init }, "cross-entropy");
    const found = operations.gradients(request).gradients;
    expectClose(row(found, 1, 36), oracleGradient(request, drawInstance(request, 6)));
  });

  test("a convolution's average fan counts its kernel on both sides", () => {
    const layers = [{ kind: "convolution", channels: 3, size: 3, padding: "zero", bias: "none" }] as const;
    const init = { law: "gaussian", gain: 1, fan: "average" } as const;
    const network: LayeredNetwork = { kind: "layered", input: { channels: 1, height: 3, width: 3 }, layers, init };
    const request = requestOf(network, "squared", 2, 1);
    expectClose(operations.gradients(request).gradients, oracleGradient(request, drawInstance(request, 5)));
  });
});

describe("by differences", () => {
  test.each(cases)("$name, $loss: the loss at an offset changes as the gradient says", ({ network, loss }) => {
    const request = requestOf(network, loss, 4, 1);
    const gaussian = normals(parameterCount(network), 3);
    const length = Math.sqrt(gaussian.reduce((sum, x) => sum + x * x, 0));
    const direction = gaussian.map((x) => x / length);
    // The cube root of the rounding unit; kinks are that far from the points that the key draws.
    const step = 2 ** -17;
    const lossAt = (t: number) => operations.gradients({ ...request, offset: direction.map((v) => t * v) }).loss[0]!;
    const slope = operations.gradients(request).gradients.reduce((sum, g, i) => sum + g * direction[i]!, 0);
    // The third derivative, up to 500 behind batch normalisation, times step^2 / 6, and rounding of 2^-36.
    expect(Math.abs((lossAt(step) - lossAt(-step)) / (2 * step) - slope)).toBeLessThan((500 / 6) * step ** 2);
  });
});

describe("the Hessian", () => {
  test.each(cases)(
    "$name, $loss: products are linear, and symmetric, and repeat to the last bit",
    ({ network, loss }) => {
      const count = parameterCount(network);
      const request = requestOf(network, loss, 4, 1);
      const [u, v] = [normals(count, 4), normals(count, 5)];
      const combined = u.map((x, i) => 2 * x - 3 * v[i]!);
      const vectors = Float64Array.from([...u, ...v, ...combined, ...u]);
      const products = operations.hessianVectorProducts({ ...request, vectors });
      const [hu, hv, hc, again] = [0, 1, 2, 3].map((index) => row(products, index, count));
      expectClose(
        hc!,
        hu!.map((x, i) => 2 * x - 3 * hv![i]!),
      );
      expect(again).toEqual(hu);
      const left = u.reduce((sum, x, i) => sum + x * hv![i]!, 0);
      const right = v.reduce((sum, x, i) => sum + x * hu![i]!, 0);
      const size = Math.sqrt(u.reduce((sum, x) => sum + x * x, 0) * hv!.reduce((sum, x) => sum + x * x, 0));
      expect(Math.abs(left - right)).toBeLessThan(ROUNDINGS * size);
    },
  );

  test.each(cases)("$name, $loss: the whole one is its products; Lanczos finds its ends", ({ network, loss }) => {
    const count = parameterCount(network);
    const request = requestOf(network, loss, 4, 1);
    const hessian = operations.hessians(request);
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < i; j++) expect(hessian[i * count + j]).toBe(hessian[j * count + i]);
    }
    const vectors = normals(count, 6);
    const product = vectors.map((_, i) => vectors.reduce((sum, x, j) => sum + hessian[i * count + j]! * x, 0));
    expectClose(operations.hessianVectorProducts({ ...request, vectors }), product);

    const eigenvalues = operations.hessianEigenvalues(request);
    const norm = Math.max(Math.abs(eigenvalues[0]!), Math.abs(eigenvalues[count - 1]!));
    let trace = 0;
    for (let i = 0; i < count; i++) trace += hessian[i * count + i]!;
    expect(Math.abs(eigenvalues.reduce((sum, x) => sum + x, 0) - trace)).toBeLessThan(ROUNDINGS * count * norm);

    const all = operations.extremeEigenvalues({ ...request, iterations: count + 3 });
    expect(Math.abs(all.smallest[0]! - eigenvalues[0]!)).toBeLessThan(ROUNDINGS * norm);
    expect(Math.abs(all.largest[0]! - eigenvalues[count - 1]!)).toBeLessThan(ROUNDINGS * norm);
    expect(all.residual[0]!).toBeLessThan(ROUNDINGS * norm);

    const few = operations.extremeEigenvalues({ ...request, iterations: 4 });
    for (const value of [few.smallest[0]!, few.largest[0]!]) {
      const distance = Math.min(...eigenvalues.map((eigenvalue) => Math.abs(eigenvalue - value)));
      expect(distance).toBeLessThanOrEqual(few.residual[0]! + ROUNDINGS * norm);
    }
    expect(few.largest[0]!).toBeLessThanOrEqual(all.largest[0]! + ROUNDINGS * norm);
    expect(few.smallest[0]!).toBeGreaterThanOrEqual(all.smallest[0]! - ROUNDINGS * norm);
  });
});

describe("at the edges", () => {
  const dense = (width: number, initial?: "zero"): LayerDescription => ({
    kind: "dense",
    width,
    bias: "none",
    ...(initial === undefined ? {} : { initial }),
  });
  const relu: LayerDescription = { kind: "activation", activation: "relu" };
  const init = { law: "gaussian", gain: 2, fan: "in" } as const;

  test("a dead network has no gradient and no curvature anywhere", () => {
    const layers = [dense(3, "zero"), relu, dense(3, "zero"), relu, dense(1, "zero")];
    const request = requestOf({ kind: "layered", input: 2, layers, init }, "squared", 3, 1);
    const { gradients, logNorms } = operations.gradients(request);
    expect(gradients.every((g) => g === 0)).toBe(true);
    expect([...logNorms]).toEqual([-Infinity, -Infinity, -Infinity]);
    expect(operations.hessianEigenvalues(request).every((value) => value === 0)).toBe(true);
    const { smallest, largest, residual } = operations.extremeEigenvalues({ ...request, iterations: 5 });
    expect([smallest[0], largest[0], residual[0]]).toEqual([0, 0, 0]);
    expect([...operations.layerNorms(request).logForward.slice(1)]).toEqual(new Array(5).fill(-Infinity));
  });

  test("4096 layers of width 1, one example", () => {
    const layers = new Array<LayerDescription>(4096).fill(dense(1));
    const network = { kind: "layered", input: 1, layers, init: { ...init, law: "rademacher", gain: 1 } } as const;
    const request = requestOf(network, "squared", 1, 1);
    const instance = drawInstance(request, 5);
    const [x, target] = [instance.inputs[0]![0]!, instance.targets[0]![0]!];
    const output = instance.parameters.reduce((product, w) => product * w, x);
    const { loss, gradients } = operations.gradients(request);
    expect(loss[0]).toBeCloseTo((output - target) ** 2 / 2, 14);
    instance.parameters.forEach((w, i) => {
      expect(gradients[i]).toBeCloseTo(((output - target) * output) / w, 13);
    });
  });

  test("a NaN is not hidden", () => {
    const network: LayeredNetwork = { kind: "layered", input: 2, layers: [dense(2), relu, dense(2)], init };
    const offset = new Float64Array(8).fill(Number.NaN, 0, 1);
    for (const loss of losses) {
      const request = { ...requestOf(network, loss, 2, 1), offset };
      expect(operations.gradients(request).loss[0]).toBeNaN();
      expect(operations.gradients(request).gradients.some(Number.isNaN)).toBe(true);
      expect(operations.hessianEigenvalues(request).every(Number.isNaN)).toBe(true);
      expect(operations.extremeEigenvalues({ ...request, iterations: 3 }).largest[0]).toBeNaN();
      expect(operations.layerNorms(request).loss[0]).toBeNaN();
    }
  });

  test("a confident cross-entropy keeps its small gradient", () => {
    const network: LayeredNetwork = { kind: "layered", input: 1, layers: [dense(2)], init };
    const request = requestOf(network, "cross-entropy", 1, 8);
    // Logits 100 |x| apart, one way for each class.
    const offset = Float64Array.of(100, -100);
    const { loss, gradients } = operations.gradients({ ...request, offset });
    for (let replicate = 0; replicate < 8; replicate++) {
      const { inputs, targets, parameters } = drawInstance({ ...request, offset }, 5 + replicate);
      const x = inputs[0]![0]!;
      const gap = (targets[0]![0] === 0 ? -1 : 1) * (parameters[0]! - parameters[1]!) * x;
      const wrong = 1 / (1 + Math.exp(-gap));
      expect(Math.abs(gradients[2 * replicate]! / (wrong * x)) - 1).toBeLessThan(1e-12);
      expect(loss[replicate]).toBeCloseTo(gap > 0 ? gap + Math.log1p(Math.exp(-gap)) : Math.log1p(Math.exp(gap)), 12);
    }
  });

  test("replicates do not depend on each other, nor on what ran before", () => {
    const [, network] = smallNetworks[7]!;
    const request = requestOf(network, "squared", 3, 3);
    const together = operations.gradients(request).gradients;
    const count = parameterCount(network);
    for (let replicate = 0; replicate < 3; replicate++) {
      const streams = { ...request.streams, first: 5 + replicate, count: 1 };
      const alone = modelOperations(plainPrimitives()).gradients({ ...request, streams });
      expect(alone.gradients).toEqual(row(together, replicate, count));
    }
  });
});
