import { describe, expect, test } from "vitest";
import { checkBudget } from "../statistics/planning/budget.ts";
import type { AnyClaim } from "./claim.ts";
import { suiteOfOne } from "./suite.ts";

const claim = { id: "paper/topic/one-claim", title: "A claim by itself" } as unknown as AnyClaim;

describe("a suite of one claim", () => {
  test("has its name and title, the whole of a budget of its own, and no minutes that anybody holds", () => {
    const errors = { falseVerdict: 0.05, undecided: 0.2 };
    expect(suiteOfOne(claim, errors)).toEqual({
      name: "one-claim",
      title: "A claim by itself",
      errors,
      claims: [{ claim, share: 1 }],
      minutes: { smoke: Number.POSITIVE_INFINITY, full: Number.POSITIVE_INFINITY },
    });
    expect(suiteOfOne(claim, errors, { smoke: 1, full: 2 }).minutes).toEqual({ smoke: 1, full: 2 });
  });

  test.each([0.5, 5, Number.NaN, 0, -1])(
    "is refused with a false verdict in %d runs, which is no promise",
    (falseVerdict) => {
      expect(() => checkBudget(suiteOfOne(claim, { falseVerdict, undecided: 0.2 }))).toThrow(
        `suite one-claim requires errors.falseVerdict above 0 and at most 0.1, got ${falseVerdict}`,
      );
    },
  );
});
