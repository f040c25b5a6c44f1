import { describe, expect, test } from "vitest";
import { type Chain, xavierUniform } from "../../src/lab/networks/network.ts";
import { reference } from "../../src/lab/reference/engine.ts";
import { chainCurvature } from "./chain-curvature.ts";

const DEPTH = 5;
const COUNT = 40;
const network: Chain = { kind: "chain", depth: DEPTH, activation: "linear", init: xavierUniform };
const streams = { key: [3, 1, 4, 1], first: 0, count: COUNT } as const;
const TARGETS = [1, 0, -0.3] as const;
const observe = (target: number) =>
  chainCurvature(network, { target }).observe({ engine: reference, streams, data: {} });
const weights = reference.chainWeights({ network, streams });

/** Product of the weights without those at `i` and `j`. */
const without = (chain: readonly number[], ...left: readonly number[]) =>
  chain.reduce((product, weight, at) => (left.includes(at) ? product : product * weight), 1);

/** Everything from the definition: second derivatives of (f - target)^2 / 2, one entry at a time. */
function naive(chain: readonly number[], target: number) {
  const f = without(chain);
  const jacobian = chain.map((_, i) => without(chain, i));
  const hessian = chain.map((_, i) =>
    chain.map((_, j) => jacobian[i]! * jacobian[j]! + (i === j ? 0 : (f - target) * without(chain, i, j))),
  );
  const gaussNewton = jacobian.reduce((sum, value) => sum + value * value, 0);
  return { gaussNewton, gradient: Math.abs(f - target) * Math.sqrt(gaussNewton), eigenvalues: eigenvaluesOf(hessian) };
}

/** Cyclic Jacobi rotations, written out; ascending. */
function eigenvaluesOf(matrix: readonly (readonly number[])[]): readonly number[] {
  const a = matrix.map((row) => [...row]);
  const n = a.length;
  for (let sweep = 0; sweep < 30; sweep++) {
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        if (a[p]![q] === 0) continue;
        const angle = 0.5 * Math.atan2(2 * a[p]![q]!, a[q]![q]! - a[p]![p]!);
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        for (let k = 0; k < n; k++) {
          const [x, y] = [a[k]![p]!, a[k]![q]!];
          a[k]![p] = c * x - s * y;
          a[k]![q] = s * x + c * y;
        }
        for (let k = 0; k < n; k++) {
          const [x, y] = [a[p]![k]!, a[q]![k]!];
          a[p]![k] = c * x - s * y;
          a[q]![k] = s * x + c * y;
        }
      }
    }
  }
  return a.map((row, i) => row[i]!).sort((x, y) => x - y);
}

describe("chainCurvature", () => {
  test.each(TARGETS)("has the Hessian of its definition at target %d", (target) => {
    const seen = observe(target);
    for (let row = 0; row < COUNT; row++) holdTo(target, seen, row);
  });

  function holdTo(target: number, seen: ReturnType<typeof observe>, row: number) {
    const chain = [...weights.subarray(row * DEPTH, (row + 1) * DEPTH)];
    const { gaussNewton, gradient, eigenvalues } = naive(chain, target);
    const smallest = eigenvalues[0]!;
    const largest = eigenvalues[DEPTH - 1]!;
    const norm = Math.max(-smallest, largest);
    const negatives = eigenvalues.filter((value) => value < 0).length;
    expect(seen.logNorm[row]).toBeCloseTo(Math.log(norm), 10);
    expect(seen.logGradient[row]).toBeCloseTo(Math.log(gradient), 10);
    expect(seen.logGaussNewton[row]).toBeCloseTo(Math.log(gaussNewton), 10);
    expect(seen.normLessGradient[row]).toBeCloseTo(Math.log(norm / gradient), 10);
    expect(seen.gaussNewtonLessNorm[row]).toBeCloseTo(Math.log(gaussNewton / norm), 10);
    if (smallest < 0) expect(seen.logEdgeRatio[row]).toBeCloseTo(Math.log(-smallest / largest), 9);
    else expect(seen.logEdgeRatio[row]).toBe(Number.NEGATIVE_INFINITY);
    expect(seen.saddle[row]).toBe(negatives > 0 ? 1 : 0);
    expect(seen.oneNegative[row]).toBe(negatives === 1 ? 1 : 0);
    expect(seen.inertiaOff[row]).toBe(0);
  }

  test("tells how far the count is from the rule for another target", () => {
    // A positive output below 4/9 has one negative eigenvalue at target 1; the rule for a target below it says all but one.
    const asked = chainCurvature(network, { ruleTarget: 1e-9 }).observe({ engine: reference, streams, data: {} });
    for (let row = 0; row < COUNT; row++) {
      const output = without([...weights.subarray(row * DEPTH, (row + 1) * DEPTH)]);
      if (output > 1e-9 && output < 4 / 9) expect(asked.inertiaOff[row]).toBe(DEPTH - 2);
    }
    expect(asked.inertiaOff.some((value) => value > 0)).toBe(true);
  });

  test("sees chains of every inertia: one, all but one and no negative eigenvalue", () => {
    const seen = observe(1);
    const counts = new Set(Array.from({ length: COUNT }, (_, row) => `${seen.saddle[row]} ${seen.oneNegative[row]}`));
    expect(counts).toEqual(new Set(["1 1", "1 0", "0 0"]));
  });
});
