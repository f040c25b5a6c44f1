import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { UnsupportedError } from "./contract/engine.ts";
import { ENGINE_NAMES, engineModule, openEngine } from "./engines.ts";

test.each(ENGINE_NAMES)("openEngine gives %s, or says why not, and never another", async (name) => {
  const opened = await openEngine(name).catch((error: unknown) => error);
  if (opened instanceof Error) {
    expect(opened).toBeInstanceOf(UnsupportedError);
    expect(opened.message).toContain(name);
  } else {
    expect(opened).toMatchObject({ name });
    expect(existsSync(new URL(engineModule(name)))).toBe(true);
  }
});

test("the reference is always there", async () => {
  expect((await openEngine("reference")).name).toBe("reference");
});
