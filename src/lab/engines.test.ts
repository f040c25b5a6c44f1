import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { UnsupportedError } from "./contract/engine.ts";
import { aboutEngine, ENGINE_NAMES, engineRates, identifyEngine, openEngine } from "./engines.ts";

test.each(ENGINE_NAMES)("openEngine gives %s, or says why not, and never another", async (name) => {
  const opened = await openEngine(name).catch((error: unknown) => error);
  if (opened instanceof Error) {
    expect(opened).toBeInstanceOf(UnsupportedError);
    expect(opened.message).toContain(name);
  } else {
    expect(opened).toMatchObject({ name });
    expect(existsSync(new URL(aboutEngine(name).module))).toBe(true);
  }
});

test.each(ENGINE_NAMES)(
  "identifyEngine tells of %s the versions that openEngine gives, or its refusal",
  async (name) => {
    const outcome = (of: typeof identifyEngine) =>
      of(name).then(
        ({ name: its, versions }) => ({ its, versions }),
        (error: unknown) => String(error),
      );
    expect(await outcome(identifyEngine)).toEqual(await outcome(openEngine));
  },
);

test("the reference is always there", async () => {
  expect((await openEngine("reference")).name).toBe("reference");
});

test("an engine that draws by the wasm kernels has their rates, and one that was not measured the reference's", () => {
  expect(engineRates("wasm").draw).toBeLessThan(engineRates("reference").draw);
  expect(engineRates("openblas")).toBe(engineRates("wasm"));
  expect(engineRates("webgpu")).toBe(engineRates("reference"));
});

test("an engine that nobody knows is refused by its name, with those that there are", () => {
  expect(() => aboutEngine("abacus")).toThrow(/requires one of reference native native-fast wasm .*, got abacus$/);
});
