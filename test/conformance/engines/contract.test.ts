import { describe, expect, test } from "vitest";
import { UnsupportedError } from "../../../src/engines/engine.ts";
import type { Contractor } from "./check.ts";
import { contract } from "./checks/all.ts";
import { enginesUnderTest, openUnderTest } from "./engines-under-test.ts";
import { refusals } from "./refusals.ts";

const opened = await Promise.all(
  enginesUnderTest.map(async (listed) => ({ ...listed, engine: await openUnderTest(listed.name) })),
);

describe.each(opened)("$name", ({ name, arithmetic, engine }) => {
  test("it is there, under its own name, and says its versions", () => {
    if (engine instanceof Error) throw engine;
    expect(engine.name).toBe(name);
    expect(Object.keys(engine.versions).length).toBeGreaterThan(0);
    for (const version of Object.values(engine.versions)) expect(version).toMatch(/\S/);
  });

  if (engine instanceof Error) return;
  const refused = refusals[name] ?? {};

  test.each(contract)("$name", (check) => {
    const reason = check.operations.map((operation) => refused[operation]).find((words) => words !== undefined);
    if (reason === undefined) expect(check.violations(engine, arithmetic)).toEqual([]);
    else
      expect(errorOf(() => check.violations(engine, arithmetic))).toMatchObject({
        message: expect.stringMatching(reason),
      });
  });

  test.each(Object.entries(refused))("refuses %s as unsupported, with the reason %s", (operation, reason) => {
    const checks = contract.filter(({ operations }) => operations[0] === operation);
    expect(checks.length).toBeGreaterThan(0);
    for (const check of checks) {
      const error = errorOf(() => check.violations(engine, arithmetic));
      expect(error).toBeInstanceOf(UnsupportedError);
      expect((error as Error).message).toMatch(reason);
    }
  });
});

test("the contract asks for every operation of the interface", async () => {
  const { reference } = await import("../../../src/engines/reference.ts");
  const asked = new Set<string>(contract.flatMap(({ operations }) => operations));
  const offered = Object.entries(reference as Contractor).filter(([, value]) => typeof value === "function");
  expect([...asked].sort()).toEqual(offered.map(([operation]) => operation).sort());
});

function errorOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
