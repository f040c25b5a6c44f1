import { describe, expect, test } from "vitest";
import { jacobiEigenvalues } from "../../../../test/jacobi-eigenvalues.ts";
import type { StreamKey } from "../../../numerics/stream.ts";
import { chainWeights } from "../../draws/chain-weights.ts";
import type { Chain } from "../../networks/network.ts";
import { chainHessians, chainSpectrum, logHessianNorm } from "./chain-hessian.ts";

const key: StreamKey = [11, 12, 13, 14];
const STABLE = (Math.E * Math.E) / 3;

const uniformChain = (depth: number, gain = 1): Chain => ({
  kind: "chain",
  depth,
  activation: "linear",
  init: { law: "uniform", gain, fan: "in" },
});

function drawn(depth: number, replicate: number, gain = 1): Float64Array {
  return chainWeights({ network: uniformChain(depth, gain), streams: { key, first: replicate, count: 1 } });
}

const loss = (weights: ArrayLike<number>, target: number): number => {
  let output = 1;
  for (let layer = 0; layer < weights.length; layer++) output *= weights[layer]!;
  return 0.5 * (output - target) ** 2;
};

/** Product of all weights but those of two layers: no division. */
function productWithout(weights: Float64Array, i: number, j: number): number {
  return weights.reduce((product, w, layer) => (layer === i || layer === j ? product : product * w), 1);
}

/** H_ij = P_i P_j + (f - y) P_ij off the diagonal, P_i^2 on it: chain rule, no division by a weight. */
function denseHessian(weights: Float64Array, target: number): Float64Array {
  const depth = weights.length;
  const output = productWithout(weights, -1, -1);
  const hessian = new Float64Array(depth * depth);
  for (let i = 0; i < depth; i++) {
    for (let j = 0; j < depth; j++) {
      const gaussNewton = productWithout(weights, i, i) * productWithout(weights, j, j);
      hessian[i * depth + j] = gaussNewton + (i === j ? 0 : (output - target) * productWithout(weights, i, j));
    }
  }
  return hessian;
}

/** Index of the Hessian by its exact rule, q = f / y: Sylvester's law after congruence with diag |w|. */
function indexByRule(weights: Float64Array, target: number): number {
  const depth = weights.length;
  const q = productWithout(weights, -1, -1) / target;
  if (q < 0 || q > 1) return depth - 1;
  return q < (depth - 1) / (2 * depth - 1) ? 1 : 0;
}

describe("spectrum of one chain", () => {
  test.each([2, 3, 7, 20])("agrees with the dense eigensolver on the product formula at depth %d", (depth) => {
    for (let replicate = 0; replicate < 20; replicate++) {
      const weights = drawn(depth, replicate, STABLE);
      const target = replicate % 3 === 0 ? -0.7 : 1;
      const dense = jacobiEigenvalues(denseHessian(weights, target), depth);
      const { eigenvalues, logScale } = chainSpectrum(weights, target);
      const norm = Math.max(...dense.map(Math.abs));
      // The dense solver's absolute error is some depth * 2^-53 * norm; 1e-12 leaves a factor of 200 at depth 20.
      for (let i = 0; i < depth; i++) {
        expect(Math.abs(eigenvalues[i]! * Math.exp(logScale) - dense[i]!)).toBeLessThan(1e-12 * norm);
      }
    }
  });

  test.each([2, 3, 5])("has the trace and the squared sum of central second differences at depth %d", (depth) => {
    const weights = drawn(depth, 1, STABLE);
    const step = 1e-3;
    const at = (i: number, a: number, j: number, b: number) => {
      const moved = Float64Array.from(weights);
      moved[i]! += a * step;
      moved[j]! += b * step;
      return loss(moved, 1);
    };
    let trace = 0;
    let squares = 0;
    for (let i = 0; i < depth; i++) {
      for (let j = 0; j < depth; j++) {
        const entry = (at(i, 1, j, 1) - at(i, 1, j, -1) - at(i, -1, j, 1) + at(i, -1, j, -1)) / (4 * step * step);
        if (i === j) trace += entry;
        squares += entry * entry;
      }
    }
    const { eigenvalues, logScale } = chainSpectrum(weights, 1);
    const values = eigenvalues.map((value) => value * Math.exp(logScale));
    // The loss is quadratic in each weight, so differences of one or two weights err by order step^2, and by rounding 1e-10.
    expect(Math.abs(values.reduce((sum, v) => sum + v, 0) / trace - 1)).toBeLessThan(1e-4);
    expect(Math.abs(values.reduce((sum, v) => sum + v * v, 0) / squares - 1)).toBeLessThan(1e-4);
  });

  test("equal weights give L - 1 equal eigenvalues -e u^2 and one (c L - e) u^2", () => {
    // c = f (2 f - y), e = f (f - y), u = 1 / w; w = 1/2, L = 4, y = 1: f = 1/16, c = -14/256, e = -15/256.
    const { eigenvalues, logScale } = chainSpectrum(new Float64Array(4).fill(0.5), 1);
    const values = [...eigenvalues].map((value) => value * Math.exp(logScale));
    const expected = [(4 * -14 + 15) / 64, 15 / 64, 15 / 64, 15 / 64];
    for (const [i, value] of expected.entries()) expect(values[i]).toBeCloseTo(value, 14);
  });

  test("a root between two neighbouring float64 numbers ends the search for it", () => {
    // Found by running 344 chains: the bracket of one root closed to two units in the last place and stayed there.
    const streams = { key: [1, 2, 3, 4] as const, first: 343, count: 1 };
    expect(chainHessians({ network: uniformChain(80), target: 1, streams }).negatives[0]).toBe(1);
  });

  test("target 0 leaves f^2 (2 uu^T - diag u^2)", () => {
    const weights = Float64Array.of(0.5, -2, 1.5);
    const { eigenvalues, logScale } = chainSpectrum(weights, 0);
    const dense = jacobiEigenvalues(denseHessian(weights, 0), 3);
    for (let i = 0; i < 3; i++) expect(eigenvalues[i]! * Math.exp(logScale)).toBeCloseTo(dense[i]!, 13);
  });

  test("at the target it is the rank-one Gauss-Newton matrix", () => {
    const { eigenvalues, logScale } = chainSpectrum(Float64Array.of(2, 0.5, 1), 1);
    expect(eigenvalues[2]! * Math.exp(logScale)).toBeCloseTo(0.25 + 4 + 1, 13);
    expect(Math.max(Math.abs(eigenvalues[0]!), Math.abs(eigenvalues[1]!))).toBeLessThan(1e-14);
  });

  test("weights of 1e-10 beside a product of e^-1800 keep all digits", () => {
    const weights = new Float64Array(4096).fill(0.64);
    weights[7] = 1e-10;
    weights[9] = -1e-10;
    // Two weights dominate: [[0, b], [b, 0]] with b = -y P / (w_7 w_9), so ln ||H|| = 4094 ln .64 up to sums of squares
    // of the others, (1e-10)^2 * 4096 relative.
    expect(logHessianNorm(weights, 1) / (4094 * Math.log(0.64))).toBeCloseTo(1, 12);
    expect(chainSpectrum(weights, 1).eigenvalues.every(Number.isFinite)).toBe(true);
  });

  test("exploding chains do not overflow: H is f^2 (2 uu^T - diag u^2), ln ||H|| = 2 S + ln((2 L - 1) / w^2)", () => {
    const norm = logHessianNorm(new Float64Array(4096).fill(3), 1);
    // A plain sum of 4096 logarithms errs by at most 4096 * 2^-53 = 4.5e-13 of itself.
    expect(norm / (2 * 4095 * Math.log(3) + Math.log(8191))).toBeCloseTo(1, 12);
  });

  test.each([0, Number.NaN])("refuses a weight of %d", (weight) => {
    expect(() => chainSpectrum(Float64Array.of(1, weight), 1)).toThrow(
      /the Hessian of a chain requires finite weights other than 0/,
    );
  });
});

describe("chainHessians", () => {
  test("counts negative eigenvalues as the exact rule of inertia does: 600 chains, both scales, random targets", () => {
    let mismatches = 0;
    const counts = new Set<string>();
    for (const gain of [1, STABLE]) {
      for (let replicate = 0; replicate < 300; replicate++) {
        const depth = 2 + (replicate % 19);
        const target = drawn(1, replicate + 1000, 3)[0]!;
        const request = { network: uniformChain(depth, gain), target, streams: { key, first: replicate, count: 1 } };
        const expected = indexByRule(drawn(depth, replicate, gain), target);
        if (chainHessians(request).negatives[0] !== expected) mismatches++;
        counts.add(expected === 0 ? "none" : expected === depth - 1 ? "all but one" : "one");
      }
    }
    expect(mismatches).toBe(0);
    expect(counts).toEqual(new Set(["none", "one", "all but one"]));
  });

  test("the dense eigensolver counts the same where it can resolve the eigenvalues", () => {
    let compared = 0;
    for (let replicate = 0; replicate < 200; replicate++) {
      const depth = 2 + (replicate % 7);
      const dense = jacobiEigenvalues(denseHessian(drawn(depth, replicate), 1), depth);
      const norm = Math.max(...dense.map(Math.abs));
      // An eigenvalue below the solver's error has no sign.
      if (dense.some((value) => Math.abs(value) < 1e-13 * norm)) continue;
      const request = { network: uniformChain(depth), target: 1, streams: { key, first: replicate, count: 1 } };
      expect(chainHessians(request).negatives[0]).toBe(dense.filter((value) => value < 0).length);
      compared++;
    }
    expect(compared).toBeGreaterThan(150);
  });

  test("gives the gradient's norm, the product and its sign", () => {
    const streams = { key, first: 0, count: 30 };
    const { logGradient, logProduct, sign } = chainHessians({ network: uniformChain(6), target: 1, streams });
    for (let row = 0; row < 30; row++) {
      const weights = drawn(6, row);
      const output = productWithout(weights, -1, -1);
      const squares = weights.reduce((sum, _, i) => sum + ((output - 1) * productWithout(weights, i, i)) ** 2, 0);
      expect(logGradient[row]).toBeCloseTo(0.5 * Math.log(squares), 12);
      expect(logProduct[row]).toBeCloseTo(Math.log(Math.abs(output)), 12);
      expect(sign[row]).toBe(Math.sign(output));
    }
  });

  test("its norm is that of the whole spectrum", () => {
    const { logNorm } = chainHessians({ network: uniformChain(9), target: 1, streams: { key, first: 4, count: 1 } });
    expect(logNorm[0]).toBe(logHessianNorm(drawn(9, 4), 1));
    const { eigenvalues, logScale } = chainSpectrum(drawn(9, 4), 1);
    expect(logNorm[0]).toBeCloseTo(logScale + Math.log(Math.max(...eigenvalues.map(Math.abs))), 14);
  });

  test("gives the same bytes twice and in any chunks", () => {
    const ask = (first: number, count: number) =>
      chainHessians({ network: uniformChain(30), target: 1, streams: { key, first, count } });
    const whole = ask(0, 6);
    expect(ask(0, 6)).toEqual(whole);
    for (const name of ["logNorm", "negatives", "logGradient", "logProduct", "sign"] as const) {
      expect([...ask(0, 2)[name], ...ask(2, 4)[name]]).toEqual([...whole[name]]);
    }
  });
});
