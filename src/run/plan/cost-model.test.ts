import { expect, test } from "vitest";
import type { Rates } from "../../claim/experiment.ts";
import { secondsOf } from "./cost-model.ts";

test("the cost model adds the work of a replicate and its fixed part", () => {
  const rates: Rates = { draw: 1, multiplyAdd: 10, transcendental: 100, replicate: 1000 };
  expect(secondsOf({ draws: 2, multiplyAdds: 3, transcendentals: 4 }, 5, rates)).toBe(5 * (2 + 30 + 400 + 1000));
  expect(secondsOf({ draws: 2, multiplyAdds: 3 }, 1, rates)).toBe(1032);
});
