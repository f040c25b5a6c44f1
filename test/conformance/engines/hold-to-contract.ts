import { describe, expect, test } from "vitest";
import { UnsupportedError } from "../../../src/lab/contract/engine.ts";
import { type EngineName, openEngine } from "../../../src/lab/engines.ts";
import { applies, arithmeticOf } from "./arithmetics.ts";
import { contract } from "./checks/all.ts";
import { refusalOf, refusals } from "./refusals.ts";
import { wrongRequests } from "./wrong-requests.ts";

/** The contract as tests of one engine. An engine that is not there fails with the cure that it names. */
export async function holdToContract(name: EngineName): Promise<void> {
  const engine = await openEngine(name).catch((error: unknown) => error as Error);

  describe(name, () => {
    test("it is there, under its own name, and says its versions", () => {
      if (engine instanceof Error) throw engine;
      expect(engine.name).toBe(name);
      expect(Object.keys(engine.versions).length).toBeGreaterThan(0);
      for (const version of Object.values(engine.versions)) expect(version).toMatch(/\S/);
    });

    if (engine instanceof Error) return;

    test.each(contract.filter((check) => applies(name, check)))("$name", (check) => {
      const arithmetic = arithmeticOf(name, check);
      const refusal = refusalOf(name, check);
      if (refusal === undefined) {
        expect(check.violations(engine, arithmetic)).toEqual([]);
        return;
      }
      const error = errorOf(() => check.violations(engine, arithmetic));
      expect(error).toBeInstanceOf(UnsupportedError);
      expect((error as Error).message).toMatch(refusal.reason);
    });

    test.each(wrongRequests)("$operation refuses what makes no sense: $wrong", ({ ask, message }) => {
      expect(errorOf(() => ask(engine))).toEqual(new RangeError(message));
    });

    test("every refusal of the table is met by a check", () => {
      const met = new Set(contract.map((check) => refusalOf(name, check)));
      expect((refusals[name] ?? []).filter((refusal) => !met.has(refusal))).toEqual([]);
    });
  });
}

function errorOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
