import { expect, test } from "vitest";
import { openStream } from "../../numerics/random.ts";
import { distanceWithAtoms } from "../../statistics/judges/law/distance-with-atoms.ts";
import type { GivenLaw } from "../../statistics/question.ts";
import { givenQuantile, specifiedLaw } from "./at-distance.ts";

/** An atom of 0.3 at a place, else exponential from there. */
const atomAt = (place: number): GivenLaw & Required<Pick<GivenLaw, "below">> => ({
  name: "given",
  words: "an atom",
  upTo: (x) => (x < place ? 0 : 1 - 0.7 * Math.exp(place - x)),
  below: (x) => (x <= place ? 0 : 1 - 0.7 * Math.exp(place - x)),
  over: [place, place + 40],
});

test.each([0, 1 / 3, -7.1])("values of a given law meet its atom at %d exactly", (place) => {
  const law = atomAt(place);
  const values = specifiedLaw(law, 0, 4000, openStream([1, 2, 3, 4], 0, 0)).sort();
  expect(values.filter((value) => value === place).length / 4000).toBeCloseTo(0.3, 1);
  expect(distanceWithAtoms(law, values)).toBeLessThan(0.03);
  expect(givenQuantile({ ...law, over: [place - 3, place + 40] }, 0.2) - place).toBeCloseTo(0, 15);
});

test("its quantile is the least number that is enough", () => {
  const law = atomAt(0);
  for (const u of [0.31, 0.5, 0.99]) {
    const x = givenQuantile(law, u);
    expect(law.upTo(x)).toBeGreaterThanOrEqual(u);
    expect(x).toBeCloseTo(-Math.log((1 - u) / 0.7), 12);
  }
});
