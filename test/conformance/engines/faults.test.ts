import { describe, expect, test } from "vitest";
import { modelOperations } from "../../../src/lab/program/model-operations.ts";
import { reference } from "../../../src/lab/reference/engine.ts";
import { plainPrimitives } from "../../../src/lab/reference/plain-primitives.ts";
import { type Check, type Contractor, DOUBLE, type Operation } from "./check.ts";
import { contract } from "./checks/all.ts";
import { bytes } from "./checks/bytes.ts";
import { faultyEngine, operationFaults } from "./faults/operation-faults.ts";
import { faultyPrimitives, primitiveFaults } from "./faults/primitive-faults.ts";

const engineOf = (fault: Parameters<typeof faultyPrimitives>[0]): Contractor => ({
  ...reference,
  ...modelOperations(faultyPrimitives(fault)),
});

const about = (checks: readonly Check[], operation: Operation) =>
  checks.filter(({ operations }) => operations.includes(operation));

/** The first check of an operation that an engine does not pass: a violation, or an error on the way. */
function firstFailed(engine: Contractor, checks: readonly Check[], operation: Operation): string | undefined {
  return about(checks, operation).find(({ violations }) => {
    try {
      return violations(engine, DOUBLE).length > 0;
    } catch {
      return true;
    }
  })?.name;
}

describe("an engine with a planted fault fails the contract", () => {
  const planted = [
    ...primitiveFaults.map((fault) => ({ ...fault, engine: engineOf(fault) })),
    ...operationFaults.map((fault) => ({ ...fault, engine: faultyEngine(fault) })),
  ].flatMap(({ name, operations, engine }) => operations.map((operation) => ({ name, operation, engine })));

  test.each(planted)("$name, in $operation", ({ engine, operation }) => {
    expect(firstFailed(engine, contract, operation)).toBeDefined();
  });
});

describe("rounding of another order", () => {
  /** Sums from the last term to the first: as good as the right ones, and other bytes. */
  const reversed = engineOf({
    plant: (right, memory) => ({
      multiply(layout, m, n, k, a, b, c, accumulate) {
        if (layout !== "nt") return right.multiply(layout, m, n, k, a, b, c, accumulate);
        const values = memory();
        for (let i = 0; i < m; i++) {
          for (let j = 0; j < n; j++) {
            let sum = 0;
            for (let l = k - 1; l >= 0; l--) sum += values[a + i * k + l]! * values[b + j * k + l]!;
            values[c + i * n + j] = accumulate ? values[c + i * n + j]! + sum : sum;
          }
        }
      },
    }),
  });

  test("passes the contract, whose bounds leave room for it", () => {
    expect(about(contract, "gradients").flatMap(({ violations }) => violations(reversed, DOUBLE))).toEqual([]);
  });

  test("fails where equal bytes are promised", () => {
    expect(firstFailed(reversed, bytes, "gradients")).toBeDefined();
  });

  test("as does a last bit of one norm, and no right engine", () => {
    const lastBit = faultyEngine(operationFaults.find(({ name }) => name.startsWith("one unit of roundoff"))!);
    expect(firstFailed(lastBit, bytes, "backpropagate")).toBeDefined();
    const again = { ...reference, ...modelOperations(plainPrimitives()) };
    expect(bytes.slice(1).flatMap(({ violations }) => violations(again, DOUBLE))).toEqual([]);
  });
});
