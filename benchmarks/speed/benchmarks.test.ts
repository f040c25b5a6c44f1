import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { UnsupportedError } from "../../src/lab/contract/engine.ts";
import { caseName, findCases, loadCase } from "../../src/speed/find-cases.ts";

const BUILT = fileURLToPath(new URL("../../dist", import.meta.url));
const places = await findCases(BUILT);

test("there are benchmarks", () => expect(places.length).toBeGreaterThan(100));

describe("a benchmark does some of its work, or names the engine that is not here", () => {
  // the reference, which is slow, computes what the other engines of a case do, and has tests of its own
  test.each(
    places.filter(({ name }) => !name.endsWith(", reference")).map((place) => [caseName(place), place] as const),
  )("%s", async (_, place) => {
    const { open } = await loadCase(BUILT, place);
    try {
      const work = await open();
      expect(work(0)).toBeGreaterThan(0);
    } catch (error) {
      // from the build, whose classes are its own
      if ((error as Error).name !== UnsupportedError.name) throw error;
    }
  });
});
