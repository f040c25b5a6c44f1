import { expect, test } from "vitest";
import { UnsupportedError } from "./engine.ts";
import { ENGINE_NAMES, engineNamed } from "./engines.ts";

test("engineNamed gives the engine that was asked for, or says why not, and never another", () => {
  for (const name of ENGINE_NAMES) {
    if (name === "reference") {
      expect(engineNamed(name).name).toBe("reference");
    } else {
      expect(() => engineNamed(name)).toThrow(
        new UnsupportedError(`engine ${name} is not part of this build, which has: reference`),
      );
    }
  }
});
