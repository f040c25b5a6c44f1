import { versions } from "node:process";
import v8 from "node:v8";
import { describe, expect, test } from "vitest";
import type { Primitives } from "../../program/primitives.ts";
import { plainPrimitives } from "../../reference/plain-primitives.ts";
import { instantiate } from "../module.ts";
import { kernelPrimitives } from "../primitives.ts";

// Node 20 has relaxed SIMD behind a flag that counts when a module is compiled; later ones have it and do not know the flag.
if (Number.parseInt(versions.v8, 10) < 12) v8.setFlagsFromString("--experimental-wasm-relaxed-simd");

const relaxed = kernelPrimitives(instantiate("relaxed"));
const plain = plainPrimitives();
const U = 2 ** -53;

/** What `call` leaves at the last of the buffers, from both; numbers in (-1, 1). */
function both(sizes: readonly number[], call: (p: Primitives, at: readonly number[]) => void): readonly Float64Array[] {
  const at: number[] = [];
  let total = 0;
  for (const size of sizes) {
    at.push(total);
    total += size;
  }
  return [relaxed, plain].map((primitives) => {
    const memory = primitives.reserve(total);
    for (let i = 0; i < total; i++) memory[i] = Math.sin(i + 1);
    call(primitives, at);
    return memory.slice(at[at.length - 1]!, total);
  });
}

function largestDifference([a, b]: readonly Float64Array[]): number {
  return a!.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b![i]!)), 0);
}

describe("the relaxed module", () => {
  test.each(["nn", "tn", "nt"] as const)("multiplies %s within the bound of its sums' roundings", (layout) => {
    const [m, n, k] = [34, 27, 300];
    const products = both([m * k, k * n, m * n], (p, [a, b, c]) => p.multiply(layout, m, n, k, a!, b!, c!, false));
    // Each sum of k terms below 1 errs by at most k 2^-53 k / 2 beyond its first term, in either of the two.
    expect(largestDifference(products)).toBeLessThan(k * k * U);
    expect(largestDifference(products)).toBeGreaterThan(0);
  });

  test.each([
    ["values", 0],
    ["derivatives", 1],
    ["second derivatives", 2],
  ])("has tanh's %s bit for bit", (_name, shown) => {
    const n = 1001;
    const [found, expected] = both([n, n, n, n], (p, [z, x, y, last]) => {
      const outputs = [x!, y!];
      outputs.splice(shown, 0, last!);
      p.activate("tanh", n, z!, outputs[0]!, outputs[1]!, outputs[2]!);
    });
    expect(found).toEqual(expected);
  });

  test("finds eigenvalues within the bound of the algorithm", () => {
    const n = 65;
    const values = both([n * n, n], (p, [matrix, out]) => p.eigenvalues(n, matrix!, out!));
    // Twice the backward error 8 n 2^-53 |A| of each, with the Frobenius norm, at most n.
    expect(largestDifference(values)).toBeLessThan(2 * 8 * n * U * n);
  });

  test("takes Adam's step within a few roundings", () => {
    const n = 33;
    const adam = { name: "adam", rate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
    const weights = both([n, n, n, n], (p, [m, v, g, w]) => {
      p.hadamard(n, v!, v!, v!);
      p.descend(adam, 7, n, w!, g!, m!, v!);
    });
    // Ten roundings of a step of at most rate |m'| / sqrt(v'), here below 100, and of the weight itself.
    expect(largestDifference(weights)).toBeLessThan(10 * U * 100);
  });
});
