import { describe, expect, test } from "vitest";
import type { NamedInput } from "../../src/claim/named-input.ts";
import { drawParameters } from "../../src/lab/draws/draw-parameters.ts";
import { multilayerPerceptron } from "../../src/lab/networks/multilayer-perceptron.ts";
import { heNormal } from "../../src/lab/networks/network.ts";
import { reference } from "../../src/lab/reference/engine.ts";
import type { Dataset } from "../../src/numerics/dataset.ts";
import { nextUniform, openStream } from "../../src/numerics/random.ts";
import { LANES } from "../../src/numerics/stream.ts";
import { naiveOptimiser } from "../../test/conformance/engines/naive/optimiser.ts";
import { type Training, trainingObservations, trainingOnDigits, trajectoriesOnDigits } from "./training-on-digits.ts";

const observations = (rows: readonly (readonly number[])[], logGradients?: readonly (readonly number[])[]) =>
  trainingObservations(
    Float64Array.from(rows.flat().map((loss) => loss * Math.log(10))),
    Float64Array.from((logGradients ?? rows.map((row) => row.map(() => 0))).flat()),
    { records: rows[0]!.length, every: 1, classes: 10 },
  );

test("steps are counted where a record is made once an epoch", () => {
  const losses = Float64Array.of(1, 0.95, 0.8, 0.6).map((loss) => loss * Math.log(10));
  const seen = trainingObservations(losses, new Float64Array(4), { records: 4, every: 4, classes: 10 });
  expect([seen.stepsToLeave[0], seen.stepsToLearn[0]]).toEqual([8, 12]);
  expect(seen.logTimeToLeave[0]).toBeCloseTo(Math.log(9), 12);
});

describe("trainingObservations", () => {
  const seen = observations(
    [
      [1.2, 0.95, 0.89, 0.69],
      [1.1, 0.91, 0.95, 0.92],
      [1, 0.8, 0.71, 0.75],
      [1.3, Number.NaN, Number.NaN, Number.NaN],
      [1, Number.POSITIVE_INFINITY, 0.5, 0.95],
    ],
    [
      [-2, -4, -6, -8],
      [-2, -8, -4, -6],
      [0, 2, -9, -9],
      [6, Number.NaN, Number.NaN, Number.NaN],
      [0, Number.POSITIVE_INFINITY, 1, 1],
    ],
  );

  test.each([
    ["leaves", [1, 0, 1, 0, 1]],
    ["learns", [1, 0, 0, 0, 1]],
    ["stepsToLeave", [2, Infinity, 1, Infinity, 2]],
    ["stepsToLearn", [3, Infinity, Infinity, Infinity, 2]],
    ["logTimeToLeave", [Math.log(3), Infinity, Math.log(2), Infinity, Math.log(3)]],
    ["startLoss", [1.2, 1.1, 1, 1.3, 1]],
    ["endLoss", [0.69, 0.92, 0.75, Infinity, 0.95]],
    ["logGradientStart", [-1, -1, 0, 3, 0]],
    // Half of the least until the loss is below 0.9, infinities and what is no number left out.
    ["logGradientLeast", [-3, -4, 0, 3, 0]],
  ] as const)("%s of five trajectories written by hand", (measure, expected) => {
    for (const [row, value] of expected.entries()) {
      if (Number.isFinite(value)) expect(seen[measure][row]).toBeCloseTo(value, 12);
      else expect(seen[measure][row]).toBe(value);
    }
  });

  test("nine tenths are not below nine tenths", () => {
    const chance = Math.log(2);
    const exactly = Float64Array.of(chance, 0.9 * chance);
    const { leaves } = trainingObservations(exactly, Float64Array.of(0, 0), { records: 2, every: 1, classes: 2 });
    expect(leaves[0]).toBe(0);
  });
});

const WIDTH = 5;
const CLASSES = 3;
const PICTURES = 7;
const pictures: Dataset = {
  name: "mnist-digits",
  digest: "",
  width: WIDTH,
  classes: CLASSES,
  images: Float64Array.from({ length: PICTURES * WIDTH }, (_, at) => ((at * 37) % 11) / 10),
  labels: Uint8Array.from({ length: PICTURES }, (_, at) => at % CLASSES),
};
const digits: NamedInput = {
  name: "mnist-digits",
  digest: "",
  load: async () => new Uint8Array(),
  decode: () => pictures,
};
const training: Training = {
  network: multilayerPerceptron({ widths: [WIDTH, CLASSES], activation: "linear", init: heNormal }),
  optimiser: { name: "momentum", rate: 0.3, momentum: 0.5 },
  batch: 4,
  steps: 6,
  labels: "own",
};
const streams = { key: [6, 2, 6, 2], first: 3, count: 4 } as const;

/** Of each step's examples, whole or in parts of an order drawn from a list without replacement. */
function examplesOfSteps<Example>(examples: readonly Example[], replicate: number, miniBatch?: number) {
  if (miniBatch === undefined) return () => examples;
  const stream = openStream(streams.key, replicate, LANES.order);
  let epoch: Example[] = [];
  return (step: number): readonly Example[] => {
    const from = (step * miniBatch) % examples.length;
    if (from === 0) {
      const left = [...examples];
      epoch = [];
      while (left.length > 1) {
        const chosen = Math.floor(nextUniform(stream) * left.length);
        const last = left.pop()!;
        epoch.unshift(left[chosen] ?? last);
        if (chosen < left.length) left[chosen] = last;
      }
      epoch.unshift(left[0]!);
    }
    return epoch.slice(from, from + miniBatch);
  };
}

/** Softmax regression by its textbook gradient: the mean of (p - y) x, on the pictures and labels of a replicate. */
function naiveLosses(labels: Training["labels"], replicate: number, miniBatch?: number): readonly number[] {
  const choice = openStream(streams.key, replicate, LANES.choice);
  const picks = new Set<number>();
  while (picks.size < training.batch) picks.add(Math.floor(nextUniform(choice) * PICTURES));
  const target = openStream(streams.key, replicate, LANES.target);
  const examples = [...picks].map((picture) => {
    const pixels = [...pictures.images.subarray(picture * WIDTH, (picture + 1) * WIDTH)];
    const norm = Math.hypot(...pixels);
    const label = labels === "own" ? pictures.labels[picture]! : Math.floor(nextUniform(target) * CLASSES);
    return { input: pixels.map((pixel) => pixel / norm), label };
  });
  const drawn = new Float64Array(WIDTH * CLASSES);
  drawParameters(training.network, streams.key, replicate, drawn, 0);
  const next = naiveOptimiser(training.optimiser);
  const losses: number[] = [];
  let weights: readonly number[] = [...drawn];
  const seenAt = examplesOfSteps(examples, replicate, miniBatch);
  const powersAt = (input: readonly number[]) =>
    Array.from({ length: CLASSES }, (_, unit) =>
      Math.exp(input.reduce((sum, x, at) => sum + x * weights[unit * WIDTH + at]!, 0)),
    );
  for (let step = 0; step <= training.steps; step++) {
    const gradient = weights.map(() => 0);
    let loss = 0;
    for (const { input, label } of examples) {
      const powers = powersAt(input);
      loss -= Math.log(powers[label]! / powers.reduce((sum, power) => sum + power, 0)) / training.batch;
    }
    const seen = seenAt(step);
    for (const { input, label } of seen) {
      const powers = powersAt(input);
      const total = powers.reduce((sum, power) => sum + power, 0);
      for (const [unit, power] of powers.entries()) {
        const error = (power / total - (unit === label ? 1 : 0)) / seen.length;
        for (const [at, x] of input.entries()) gradient[unit * WIDTH + at]! += error * x;
      }
    }
    losses.push(loss);
    weights = next(weights, gradient);
  }
  return losses;
}

describe("trainingOnDigits", () => {
  const context = { engine: reference, streams, data: { [digits.name]: pictures } };

  test.each(["own", "random"] as const)(
    "its losses are those of a textbook's softmax regression, %s labels",
    (labels) => {
      const { losses } = trajectoriesOnDigits({ ...training, labels }, pictures, context);
      for (let row = 0; row < streams.count; row++) {
        for (const [step, loss] of naiveLosses(labels, streams.first + row).entries()) {
          expect(losses[row * (training.steps + 1) + step]).toBeCloseTo(loss, 12);
        }
      }
    },
  );

  test.each([1, 2, 4])(
    "in mini-batches of %d its losses, once an epoch, are those of the textbook's too",
    (miniBatch) => {
      const { losses } = trajectoriesOnDigits({ ...training, steps: 8, miniBatch }, pictures, context);
      const epoch = training.batch / miniBatch;
      const records = 1 + 8 / epoch;
      expect(losses).toHaveLength(streams.count * records);
      for (let row = 0; row < streams.count; row++) {
        for (const [step, loss] of naiveLosses("own", streams.first + row, miniBatch).entries()) {
          if (step % epoch === 0) expect(losses[row * records + step / epoch]).toBeCloseTo(loss, 12);
        }
      }
    },
  );

  test("observes them against the chance of as many classes as the data have", () => {
    const { startLoss, endLoss } = trainingOnDigits(training, digits).observe(context);
    for (let row = 0; row < streams.count; row++) {
      const losses = naiveLosses("own", streams.first + row);
      expect(startLoss[row]).toBeCloseTo(losses[0]! / Math.log(CLASSES), 12);
      expect(endLoss[row]).toBeCloseTo(losses[training.steps]! / Math.log(CLASSES), 12);
    }
  });

  test("says which data it lacks", () => {
    expect(() => trainingOnDigits(training, digits).observe({ ...context, data: {} })).toThrow(/mnist-digits/);
  });
});
