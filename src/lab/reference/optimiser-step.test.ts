import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { euclideanNorm } from "../../numerics/euclidean-norm.ts";
import type { Optimiser } from "../networks/optimiser.ts";
import { stateOf } from "../program/optimiser-state.ts";
import { optimiserStep } from "./optimiser-step.ts";

const optimisers: readonly Optimiser[] = [
  { name: "gradient-descent", rate: 0.1 },
  { name: "momentum", rate: 0.1, momentum: 0.9 },
  { name: "sign-descent", rate: 0.1 },
  { name: "normalised-descent", rate: 0.1, epsilon: 0 },
  { name: "normalised-descent", rate: 0.1, epsilon: 0.01 },
  { name: "clipped-descent", rate: 0.1, threshold: 2 },
  { name: "rmsprop", rate: 0.1, decay: 0.9, epsilon: 0 },
  { name: "rmsprop", rate: 0.1, decay: 0.99, epsilon: 1e-3 },
  { name: "adam", rate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 0 },
  { name: "adam", rate: 0.1, beta1: 0, beta2: 0.5, epsilon: 1e-3 },
  { name: "adagrad", rate: 0.1, epsilon: 0 },
];

/** Steps along given gradients; one row of parameters a step. */
function follow(optimiser: Optimiser, start: readonly number[], gradients: readonly (readonly number[])[]): number[][] {
  const length = start.length;
  const memory = new Float64Array(4 * length);
  memory.set(start);
  const { first, second } = stateOf(optimiser);
  return gradients.map((gradient, index) => {
    memory.set(gradient, length);
    const [m, v] = [first ? 2 * length : -1, second ? 3 * length : -1];
    optimiserStep(optimiser, index + 1, memory, length, 0, length, m, v);
    return [...memory.subarray(0, length)];
  });
}

/** One parameter of its own, from the sentences of `Optimiser`. */
function followScalar(
  optimiser: Optimiser,
  start: number,
  gradients: readonly number[],
  norms: readonly number[],
): number[] {
  let w = start;
  let m = 0;
  let v = 0;
  return gradients.map((g, index) => {
    const t = index + 1;
    const norm = norms[index]!;
    const over = (x: number, denominator: number) => (denominator === 0 ? 0 : x / denominator);
    const { rate } = optimiser;
    if (optimiser.name === "gradient-descent") w -= rate * g;
    if (optimiser.name === "sign-descent") w -= rate * Math.sign(g);
    if (optimiser.name === "normalised-descent") w -= rate * over(g, norm + optimiser.epsilon);
    if (optimiser.name === "clipped-descent") w -= rate * Math.min(1, over(optimiser.threshold, norm) || 1) * g;
    if (optimiser.name === "momentum") {
      m = optimiser.momentum * m + g;
      w -= rate * m;
    }
    if (optimiser.name === "adagrad") {
      v += g ** 2;
      w -= rate * over(g, Math.sqrt(v) + optimiser.epsilon);
    }
    if (optimiser.name === "rmsprop") {
      v = optimiser.decay * v + (1 - optimiser.decay) * g ** 2;
      w -= rate * over(g, Math.sqrt(v) + optimiser.epsilon);
    }
    if (optimiser.name === "adam") {
      const { beta1, beta2, epsilon } = optimiser;
      m = beta1 * m + (1 - beta1) * g;
      v = beta2 * v + (1 - beta2) * g ** 2;
      w -= rate * over(m / (1 - beta1 ** t), Math.sqrt(v / (1 - beta2 ** t)) + epsilon);
    }
    return w;
  });
}

describe("optimiserStep", () => {
  // Evenly spread, and no square of one is subnormal: most of all doubles are tiny, and of their steps little is promised.
  const gradient = fc.integer({ min: -4000, max: 4000 }).map((thousandths) => thousandths / 1000);
  const steps = fc.array(fc.tuple(gradient, gradient, gradient), { minLength: 1, maxLength: 12 });

  test.each(optimisers)("$name follows its formula, entry by entry: %o", (optimiser) => {
    fc.assert(
      fc.property(steps, (gradients) => {
        const start = [1, -2, 0.5];
        const rows = follow(optimiser, start, gradients);
        const norms = gradients.map((row) => Math.sqrt(row.reduce((total, g) => total + g * g, 0)));
        for (const [entry, from] of start.entries()) {
          const expected = followScalar(
            optimiser,
            from,
            gradients.map((row) => row[entry]!),
            norms,
          );
          for (const [step, row] of rows.entries()) {
            // 12 steps move by at most 12 * 5; a dozen roundings each.
            expect(Math.abs(row[entry]! - expected[step]!)).toBeLessThan(60 * 144 * 2 ** -53);
          }
        }
      }),
    );
  });

  test.each(optimisers)("$name does not move where the gradient has always been 0: %o", (optimiser) => {
    const rows = follow(optimiser, [1, 2], [[0, 0], [0, 0], [0, 0]]); // biome-ignore format: one row a step
    expect(rows[2]).toEqual([1, 2]);
  });

  test.each(optimisers.filter((o) => "epsilon" in o && o.epsilon === 0))(
    "$name with epsilon 0 does not see a power of two before the loss: %o",
    (optimiser) => {
      fc.assert(
        fc.property(fc.array(fc.double({ min: 0.01, max: 4, noNaN: true }), { minLength: 1 }), (gradients) => {
          const rows = gradients.map((g) => [g, -g]);
          const scaled = rows.map((row) => row.map((g) => g * 2 ** -70));
          expect(follow(optimiser, [1, 1], scaled)).toEqual(follow(optimiser, [1, 1], rows));
        }),
      );
    },
  );

  test("a clipped step below the threshold is gradient descent to the last bit, above it is shorter", () => {
    const gradients = [[0.3, -0.4], [3, 4]]; // biome-ignore format: one row a step
    const plain = follow({ name: "gradient-descent", rate: 0.1 }, [1, 1], gradients);
    const clipped = follow({ name: "clipped-descent", rate: 0.1, threshold: 0.5 }, [1, 1], gradients);
    expect(clipped[0]).toEqual(plain[0]);
    // Length 5 clipped to 0.5: a tenth.
    expect(clipped[1]![0]).toBeCloseTo(clipped[0]![0]! - 0.03, 15);
  });

  test("a normalised step keeps its length where squares underflow or overflow", () => {
    const optimiser = { name: "normalised-descent", rate: 1, epsilon: 0 } as const;
    for (const size of [1e-200, 1, 1e200]) {
      const [row] = follow(optimiser, [0, 0], [[3 * size, -4 * size]]);
      expect(row![0]).toBeCloseTo(-0.6, 15);
      expect(row![1]).toBeCloseTo(0.8, 15);
    }
  });
});

describe("euclideanNorm", () => {
  test.each([
    [[3, 4], 5],
    [[0, 0], 0],
    [[3e-170, 4e-170], 5e-170],
    [[3e200, 4e200], 5e200],
    [[1, Infinity], Infinity],
    [[1, Number.NaN], Number.NaN],
    [[], 0],
  ])("of %j is %d", (values, norm) => {
    const found = euclideanNorm(Float64Array.from(values), 0, values.length);
    if (Number.isFinite(norm)) expect(Math.abs(found - norm)).toBeLessThanOrEqual(2 ** -51 * norm);
    else expect(found).toBe(norm);
  });
});
