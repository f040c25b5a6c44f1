import { afterEach, describe, expect, test, vi } from "vitest";
import { UnsupportedError } from "../../../src/lab/contract/engine.ts";
import { aboutEngine, openEngine } from "../../../src/lab/engines.ts";
import { openNative } from "../../../src/lab/native/engine.ts";
import { openLibrary } from "../../../src/lab/native/library.ts";
import { DOUBLE } from "./check.ts";
import { bytes } from "./checks/bytes.ts";

const { sets } = await openLibrary();
const opened = await Promise.all(sets.map(async (set) => ({ set, engine: await openNative({ wanted: set }) })));

/** The widest set is what every other test of the engine runs on. */
describe.each(opened.slice(0, -1))("native with $set", ({ engine }) => {
  test.each(bytes)("$name", ({ violations }) => {
    expect(violations(engine, DOUBLE)).toEqual([]);
  });
});

describe("instructions that the machine has not are refused with those that it has", () => {
  afterEach(() => void vi.unstubAllEnvs());

  test("by name", async () => {
    await expect(openNative({ wanted: "abacus" })).rejects.toThrow(
      new RegExp(`^engine native requires instructions among ${sets.join(", ")}( \\(built, [^)]+\\))?, got abacus$`),
    );
  });

  test.each(["native", "native-fast"])("by the environment, for the engine %s that was asked for", async (name) => {
    vi.stubEnv("PLATEAU_INSTRUCTIONS", "abacus");
    const refused = await openEngine(name).catch((error: Error) => error);
    expect(refused).toBeInstanceOf(UnsupportedError);
    expect((refused as Error).message).toMatch(
      new RegExp(
        `^engine ${name} requires PLATEAU_INSTRUCTIONS among ${sets.join(", ")}( \\(built, .+\\))?, got abacus$`,
      ),
    );
    expect(aboutEngine(name).cure((refused as Error).message, ".")).toBe("unset PLATEAU_INSTRUCTIONS");
  });
});
