import { beforeAll, describe, expect, test } from "vitest";
import { withShaderFault } from "../../../../test/conformance/engines/faults/shader-fault.ts";
import { picturesOf } from "../../../../test/conformance/engines/fixtures.ts";
import { largest, modelError } from "../../../../test/conformance/engines/model-error.ts";
import { activation, dense, layered } from "../../../../test/conformance/engines/models.ts";
import { naiveOptimiser, nameOf, optimisers } from "../../../../test/conformance/engines/naive/optimiser.ts";
import { UnsupportedError } from "../../contract/engine.ts";
import type { TrajectoryRequest } from "../../contract/model-request.ts";
import { heNormal, xavierNormal } from "../../networks/network.ts";
import type { Optimiser } from "../../networks/optimiser.ts";
import { modelOperations } from "../../program/model-operations.ts";
import { plainPrimitives } from "../../reference/plain-primitives.ts";
import { type Device, openDevice } from "../device/device.ts";
import { trajectories } from "./trajectories.ts";

let device: Device;
beforeAll(async () => {
  device = await openDevice();
});

const reference = modelOperations(plainPrimitives());
const UNIT = 2 ** -23;

const request: Omit<TrajectoryRequest, "optimiser" | "steps" | "recordEvery"> = {
  network: layered(3, [dense(5, { standardDeviation: 0.3 }), activation("tanh"), dense(2)], xavierNormal),
  loss: "squared",
  batch: { size: 6, inputs: "gaussian", targets: "gaussian" },
  streams: { key: [3, 1, 4, 1], first: 5, count: 3 },
};
const digits: typeof request = {
  ...request,
  network: layered(9, [dense(12), activation("relu"), dense(3, { standardDeviation: 0 })], heNormal),
  loss: "cross-entropy",
  batch: { size: 6, inputs: "pictures", targets: "labels" },
  data: picturesOf(9),
};

/** The gradient in float64 at given parameters of replicate `row`: a network that begins at zero, with an offset. */
function gradientAt(of: typeof request, row: number, parameters: Float64Array): Float64Array {
  const layers = of.network.layers.map((layer) =>
    layer.kind === "dense" ? { ...layer, ...{ initial: "zero" as const, bias: zeroBias(layer.bias) } } : layer,
  );
  const { streams } = of;
  return reference.gradients({
    ...of,
    network: { ...of.network, layers },
    offset: parameters,
    streams: { ...streams, first: streams.first + row, count: 1 },
  }).gradients;
}

const zeroBias = (bias: "none" | { readonly standardDeviation: number }) =>
  bias === "none" ? bias : { standardDeviation: 0 };

const mixing = { kind: "convolution", channels: 2, size: 3, padding: "circular", bias: "none" } as const;

/** Normalisations over the part that a step sees, a branch, a convolution. */
const kinds: typeof request = {
  ...request,
  network: layered(
    { channels: 1, height: 3, width: 3 },
    [
      { kind: "convolution", channels: 2, size: 3, padding: "zero", bias: { standardDeviation: 0.2 } },
      { kind: "batch-normalisation", epsilon: 0.1 },
      { kind: "residual", scale: 0.5, branch: [mixing, activation("tanh"), { kind: "multiplier", initial: 0.5 }] },
      dense(3),
    ],
    xavierNormal,
  ),
  loss: "cross-entropy",
  batch: { size: 6, inputs: "gaussian", targets: "classes" },
};

const STEPS = 5;

/**
 * The largest distance of a step on the device from the textbook's step in float64 from the same parameters, as a share of its bound.
 * A gradient is off by E = `modelError` of exact parameters times the largest entry; a step from it by the roundings that `descendPass`
 * counts. The m and r of a quotient are off by E too, and by 3 and 10 units a step, and a quotient whose terms are is off by what both make.
 */
function largestShare(on: Device, of: typeof request, optimiser: Optimiser): number {
  const paths = Array.from({ length: STEPS + 1 }, (_, steps) =>
    steps === 0 ? start(on, of) : trajectories(on, { ...of, optimiser, steps, recordEvery: steps }).parameters,
  );
  const { count } = of.streams;
  const size = paths[0]!.length / count;
  let worst = 0;
  for (let row = 0; row < count; row++) {
    const next = naiveOptimiser(optimiser);
    let least = Number.POSITIVE_INFINITY;
    for (let step = 0; step < STEPS; step++) {
      const now = paths[step]!.subarray(row * size, (row + 1) * size);
      const gradient = gradientAt(of, row, now);
      const wanted = next([...now], [...gradient]);
      const error = modelError(of, { unit: UNIT / 2, draw: UNIT, streams: "shared" }) * largest(gradient);
      least = Math.min(least, Math.hypot(...gradient));
      for (let i = 0; i < size; i++) {
        const moved = wanted[i]! - now[i]!;
        const units = 10 * (step + 1) + 8;
        // what a relative error of the gradient's entry makes of a quotient; 2 where its sign may be another
        const entry = Math.min(2, error / Math.abs(gradient[i]!));
        const relative = optimiser.name === "normalised-descent" ? error / least + entry : 4 * entry;
        const divides = ["sign-descent", "rmsprop", "adam", "adagrad", "normalised-descent"].includes(optimiser.name);
        const rate = optimiser.rate * clipOf(optimiser, Math.hypot(...gradient));
        const bound =
          units * UNIT * (Math.abs(moved) + rate * Math.abs(gradient[i]!)) +
          (divides ? relative * Math.max(Math.abs(moved), rate) : rate * 5 * error) +
          2 ** -50 * Math.abs(now[i]!);
        const found = paths[step + 1]![row * size + i]! - now[i]!;
        worst = Math.max(worst, Math.abs(found - moved) / bound);
      }
    }
  }
  return worst;
}

const clipOf = (optimiser: Optimiser, norm: number): number =>
  optimiser.name === "clipped-descent" ? Math.min(1, optimiser.threshold / norm) : 1;

/** The parameters before the first step: what is left of them is one of 2^-80. */
function start(on: Device, of: typeof request): Float64Array {
  const still = { name: "sign-descent", rate: 2 ** -80 } as const;
  return trajectories(on, { ...of, optimiser: still, steps: 1, recordEvery: 1 }).parameters;
}

describe("a step", () => {
  test.each(optimisers.map((optimiser) => ({ optimiser, name: nameOf(optimiser) })))(
    "of $name is float64's within its bound",
    ({ optimiser }) => {
      const share = largestShare(device, request, optimiser);
      expect(share).toBeLessThan(1);
      // sign descent takes float64's steps
      if (optimiser.name !== "sign-descent") expect(share).toBeGreaterThan(1e-4);
    },
  );

  const of = (name: Optimiser["name"]) => optimisers.find((optimiser) => optimiser.name === name)!;
  test.each([
    ["a gradient of the other sign", "gradient-descent", "widen(-p.rate * g)", "widen(p.rate * g)"],
    ["a step twice as long", "sign-descent", "change = p.exactStep", "change = add64(p.exactStep, p.exactStep)"],
    ["a forgotten momentum", "momentum", "decay.upper * m +", "0.0 * m +"],
    ["a momentum that is not kept", "momentum", "numbers[at] = next;", ""],
    ["a root that is not kept", "rmsprop", "(field << 23u);\n  numbers[at] = next;", "(field << 23u);"],
    ["a mean where a root belongs", "rmsprop", "sqrt(square) *", "square *"],
    ["the decays exchanged", "adam", "p.forFirst, g", "p.forSecond, g"],
    ["no correction of the first steps", "adam", "widen(-numbers[at] *", "widen(-p.rate *"],
    ["the scales of the first step at all", "adam", "2u * u32(numbers[p.step])", "0u * u32(numbers[p.step])"],
    ["a norm without its exponent", "normalised-descent", "bitcast<f32>(u32(exponent + 127) << 23u)", "1.0"],
    ["a threshold from the other side", "clipped-descent", "!(norm <= p.limit)", "norm <= p.limit"],
    ["a mean for Adagrad's sum", "adagrad", "decay.rest * (now * now)", "0.5 * (now * now)"],
    ["another replicate's parameters", "gradient-descent", "let slot = z * p.length + i", "let slot = i"],
    ["the last parameter left out", "gradient-descent", "i >= p.length", "i + 1u >= p.length"],
  ] as const)("with %s is beyond it", (_, name, right, wrong) => {
    const faulty = withShaderFault(device, right, wrong);
    expect(largestShare(faulty, request, of(name))).toBeGreaterThan(1);
    expect(faulty.isMet()).toBe(true);
  });
});

describe("steps far below float32's last place of a weight", () => {
  // weights of 1 and steps of 1e-9: float32 would not move
  const still: TrajectoryRequest = {
    ...request,
    network: layered(1, [dense(1), dense(1)], { ...xavierNormal, gain: 1e-4 }),
    batch: { size: 1, inputs: "sphere", targets: { constant: 3 } },
    offset: Float64Array.of(1, 1),
    optimiser: { name: "gradient-descent", rate: 1e-9 },
    steps: 200,
    recordEvery: 100,
  };
  const moved = (on: Device) => {
    const ends = trajectories(on, still).parameters;
    const starts = start(on, still);
    return ends.map((end, i) => end - starts[i]!);
  };

  test("are not lost", () => {
    const wanted = reference.trajectories(still).parameters;
    const starts = reference.trajectories({
      ...still,
      steps: 1,
      recordEvery: 1,
      optimiser: { name: "sign-descent", rate: 1e-30 },
    });
    for (const [i, found] of moved(device).entries()) {
      const far = wanted[i]! - starts.parameters[i]!;
      expect(Math.abs(far)).toBeGreaterThan(1e-7);
      // 14 units of a draw and some ten of the gradient
      expect(Math.abs(found / far - 1)).toBeLessThan(64 * UNIT);
    }
  });

  test("would be in float32", () => {
    const single = withShaderFault(device, "exact[slot] = moved", "exact[slot] = widen(narrow(moved))");
    expect(Math.max(...moved(single).map(Math.abs))).toBe(0);
    expect(single.isMet()).toBe(true);
  });
});

describe("losses and norms of gradients", () => {
  const short = { optimiser: { name: "momentum", rate: 0.1, momentum: 0.9 }, steps: 6, recordEvery: 2 } as const;
  const ways = [
    { says: "of the whole batch", on: request, way: short },
    { says: "of pictures, in classes", on: digits, way: short },
    { says: "of mini-batches", on: digits, way: { ...short, miniBatch: 2 } },
    { says: "with noise", on: digits, way: { ...short, noise: 0.1, miniBatch: 3 } },
    { says: "of networks of other layers", on: kinds, way: { ...short, miniBatch: 3 } },
    { says: "of confident networks", on: digits, way: { ...short, optimiser: { ...short.optimiser, rate: 4 } } },
  ] as const;

  /** The largest distance of a loss or norm from float64's, in units of 1e-5 of the loss or norm: 80 of float32's units. */
  const distance = (on: Device, of: (typeof ways)[number]) => {
    const asked = { ...of.on, ...of.way };
    const [found, wanted] = [trajectories(on, asked), reference.trajectories(asked)];
    const losses = found.losses.map((loss, i) => Math.abs(loss / wanted.losses[i]! - 1));
    const norms = found.logGradients.map((norm, i) => Math.abs(norm - wanted.logGradients[i]!));
    return Math.max(...losses, ...norms) / 1e-5;
  };

  test.each(ways)("$says are float64's over the first steps", (way) => {
    expect(distance(device, way)).toBeLessThan(1);
  });

  test.each([
    ["a record from the step before", 0, "u32(numbers[p.counter]) * p.length", "0u * p.length"],
    ["the sum for the mean", 0, "let value = p.factor * sum", "let value = sum"],
    ["the largest output for the right one", 1, "numbers[y + largest] - numbers[y + right]", "0.0"],
    ["another class", 1, "u32(numbers[locate(p.targets, group.z) + example])", "0u"],
    ["a logarithm of all but 1", 1, "logOnePlus(others)", "log(max(others, 1e-30))"],
    ["a part of the batch for the whole", 2, "numbers[at] += value", "numbers[at] = value"],
    ["the order in which examples were drawn", 2, "u32(numbers[locate(p.order, group.z) + shown])", "shown % 6u"],
    ["the first part at all steps", 2, "u32(numbers[p.counter]) * p.size", "0u * p.size"],
    ["the same noise at every step", 3, "u32(numbers[p.step]) * pairs", "0u * pairs"],
    ["noise of half of the parameters", 3, "numbers[at + 1u] += p.factor * draws.y", ""],
  ])("show %s", (_, at, right, wrong) => {
    const faulty = withShaderFault(device, right, wrong);
    expect(distance(faulty, ways[at]!)).toBeGreaterThan(1);
    expect(faulty.isMet()).toBe(true);
  });
});

describe("many trainings", () => {
  const asked: TrajectoryRequest = {
    ...digits,
    ...{ optimiser: { name: "adam", rate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }, miniBatch: 2 },
    ...{ steps: 9, recordEvery: 3, noise: 0.01, streams: { ...digits.streams, count: 7 } },
  };

  test("are the same whatever the size of the jobs", async () => {
    const small = await openDevice({ faults: { memoryBytes: 40_000 } });
    expect(trajectories(small, asked)).toEqual(trajectories(device, asked));
  });

  test("go on after the device was lost under them", async () => {
    const lost = await openDevice({ faults: { loseDeviceAtJob: 1 } });
    expect(trajectories(lost, asked)).toEqual(trajectories(device, asked));
  });

  test("of weights that the device does not draw are those of the CPU", () => {
    const student = { law: "student-t", gain: 1, fan: "in", degreesOfFreedom: 2 } as const;
    const of = { ...request, network: { ...request.network, init: student } };
    const wanted = reference.trajectories({ ...of, optimiser: optimisers[0]!, steps: 2, recordEvery: 1 });
    const found = trajectories(device, { ...of, optimiser: optimisers[0]!, steps: 2, recordEvery: 1 });
    expect(Math.max(...found.losses.map((loss, i) => Math.abs(loss / wanted.losses[i]! - 1)))).toBeLessThan(1e-5);
  });
});

describe("refused with a reason", () => {
  const plain = { ...request, optimiser: { name: "gradient-descent", rate: 0.1 }, steps: 40, recordEvery: 1 } as const;
  const faint = { ...heNormal, gain: 1e-16 };
  const deep = layered(3, [dense(3), dense(3), dense(3), dense(3), dense(1)], faint);
  test.each([
    ["a training that diverges", { optimiser: { name: "gradient-descent", rate: 1e4 } }, /training's signals diverge/],
    ["signals that fade", { network: deep }, /training's signals fall below 2\^-80/],
    [
      "a rate that float32 does not hold",
      { optimiser: { name: "gradient-descent", rate: 1e-60 } },
      /numbers of the opt.*1e-60/,
    ],
    ["noise that it does not hold", { noise: 1e30 }, /requires noise of 2\^-80 to 2\^80, got 1e\+30/],
    [
      "weights that it does not hold",
      { network: { ...deep, init: { ...heNormal, gain: 1e-100 } } },
      /scales of weights/,
    ],
    ["targets that it does not hold", { batch: { ...request.batch, targets: { constant: 1e60 } } }, /finite/],
  ] as const)("%s", (_, part, message) => {
    const ask = () => trajectories(device, { ...plain, ...(part as Partial<TrajectoryRequest>) });
    expect(ask).toThrow(UnsupportedError);
    expect(ask).toThrow(message);
  });
});
