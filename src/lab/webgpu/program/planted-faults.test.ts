import { beforeAll, expect, test } from "vitest";
import { withShaderFault } from "../../../../test/conformance/engines/faults/shader-fault.ts";
import { largest, modelError, vectorsOf } from "../../../../test/conformance/engines/model-error.ts";
import type { ModelRequest } from "../../contract/model-request.ts";
import { parameterCount } from "../../networks/layered-network.ts";
import { heNormal, type LayerDescription } from "../../networks/network.ts";
import { modelOperations } from "../../program/model-operations.ts";
import { plainPrimitives } from "../../reference/plain-primitives.ts";
import { type Device, openDevice } from "../device/device.ts";
import { gradients, hessianVectorProducts } from "./model-operations.ts";

let device: Device;
beforeAll(async () => {
  device = await openDevice();
});

const bias = { standardDeviation: 0.3 };
const act = (activation: "tanh" | "sigmoid" | { readonly leakySlope: number }): LayerDescription => ({
  kind: "activation",
  activation,
});
const convolution = (channels: number, padding: "circular" | "zero"): LayerDescription => ({
  ...{ kind: "convolution", channels, size: 3, padding, bias },
});

/** Every kind of layer, behind parameters and before them. */
const layers: readonly LayerDescription[] = [
  ...([convolution(3, "circular"), { kind: "batch-normalisation", epsilon: 0.1 }, act("tanh")] as const),
  ...([convolution(2, "zero"), act("sigmoid"), { kind: "multiplier", initial: 1.5 }] as const),
  { kind: "residual", scale: 0.5, branch: [{ kind: "layer-normalisation", epsilon: 0.1 }, convolution(2, "zero")] },
  ...([{ kind: "dense", width: 5, bias }, act({ leakySlope: 0.3 }), { kind: "dense", width: 3, bias }] as const),
];

const request: ModelRequest = {
  network: { kind: "layered", input: { channels: 2, height: 4, width: 5 }, layers, init: heNormal },
  loss: "cross-entropy",
  batch: { size: 4, inputs: "gaussian", targets: "classes" },
  streams: { key: [3, 1, 4, 1], first: 5, count: 1 },
};
const vectors = vectorsOf(parameterCount(request.network), 1);
const reference = modelOperations(plainPrimitives());
const wanted = [reference.gradients(request).gradients, reference.hessianVectorProducts({ ...request, vectors })];

/** The largest difference from the reference as a share of the contract's bound. */
function shareOfBound(on: Device): number {
  const found = [gradients(on, request).gradients, hessianVectorProducts(on, { ...request, vectors })];
  const bound = modelError(request, { unit: 2 ** -24, draw: 26 * 2 ** -24, streams: "shared" });
  const shares = found.map(
    (values, i) => largest(values.map((value, k) => value - wanted[i]![k]!)) / largest(wanted[i]!),
  );
  return Math.max(...shares.map((share) => (Number.isNaN(share) ? Infinity : share / bound)));
}

test("a network of every kind of layer is the reference's within the contract's bound", () => {
  expect(shareOfBound(device)).toBeLessThan(1);
});

test.each([
  ["a product without its last term of eight", "term < 8u; term++", "term < 7u; term++"],
  [
    "a product whose bias is another column's",
    "numbers[locate(p.bias, group.z) + column]",
    "numbers[locate(p.bias, group.z)]",
  ],
  ["a product that does not accumulate", "if ((p.flags & 1u) != 0u) { sum += numbers[at]; }", ""],
  ["a mean over one number less", "total(thread, sum).x / f32(n);", "total(thread, sum).x / f32(n - 1u);"],
  ["a normalisation without epsilon", " + (p.epsilon * factor) * factor", ""],
  ["a variance about the first number", "* factor - mean;\n    sum.x += distance", "* factor;\n    sum.x += distance"],
  ["a scale that forgets its power of two", "scale * factor;", "scale;"],
  ["a projection without the mean", "numbers[a + at] - means.x", "numbers[a + at]"],
  ["a projection without y", " - numbers[y + at] * means.y", ""],
  ["a curvature of the other sign", "let relative = -scale", "let relative = scale"],
  ["a curvature without ry", " - numbers[ry + at] * means.z", ""],
  ["a curvature without the cotangent's product with ry", " - value * means.w", ""],
  [
    "a group whose parts follow one another",
    "(i / groups.inner) * groups.outerStride",
    "(i / groups.inner) * groups.inner",
  ],
  [
    "threads that are not summed to the last",
    "i < 64u; i++) { sum += parts[i]; }",
    "i < 31u; i++) { sum += parts[i]; }",
  ],
  ["a sum over groups that ignores its factor", "select(1.0, numbers[b + at], p.hasFactor == 1u)", "1.0"],
  ["a circular padding that is zero", "if (!isInside && shape.isCircular == 0u)", "if (!isInside)"],
  ["a zero padding that is circular", "if (!isInside && shape.isCircular == 0u)", "if (false)"],
  ["a transpose that does not turn the kernel", "select(1, -1, (p.flags & 4u) != 0u)", "1"],
  ["a kernel off its centre", "let radius = i32(size / 2u);", "let radius = 0;"],
  ["a correlation over the first example", "i < p.batch * places;", "i < places;"],
  ["a sigmoid that does not fall to zero", "select(1.0, exponential, x < 0.0)", "1.0"],
  ["a sigmoid twice as steep", "let first = 0.25 * halves.y;", "let first = 0.5 * halves.y;"],
  ["a sigmoid bent the other way", "first, -first * halves.x", "first, first * halves.x"],
  ["a slope of tanh half as steep", "let first = 4.0 * exponential", "let first = 2.0 * exponential"],
  ["a skip without its branch", "numbers[x] + p.factor * numbers[y]", "numbers[x]"],
  ["a multiplier that moves alone", " + numbers[locate(p.v, group.z)] * numbers[y]", ""],
  ["a curve that bends nothing", "numbers[x] * numbers[y] + numbers[u] * numbers[v]", "numbers[x] * numbers[y]"],
  ["a leak below zero that leaks nothing", "select(p.factor, 1.0, z > 0.0)", "select(0.0, 1.0, z > 0.0)"],
  ["a softmax that does not move as one", "(numbers[x + j] - mean)", "numbers[x + j]"],
  ["a residual of the wrong class's sign", "-wrong / sum", "wrong / sum"],
])("a fault planted in a shader is seen: %s", (_, right, wrong) => {
  const faulty = withShaderFault(device, right, wrong);
  expect(shareOfBound(faulty)).toBeGreaterThan(1);
  expect(faulty.isMet()).toBe(true);
});

test("numbers that differ by less than float32's digits are refused, not normalised", () => {
  const same = new Float64Array(parameterCount(request.network));
  same.fill(1e6, 54, 57);
  expect(() => gradients(device, { ...request, offset: same })).toThrow("differ by less than 2^-12 of themselves");
});
