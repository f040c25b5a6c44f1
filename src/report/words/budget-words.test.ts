import { expect, test } from "vitest";
import { fixtureResult } from "../../../test/golden/fixture-result.ts";
import { wholeBudgetWords } from "./budget-words.ts";

const { evidence } = await fixtureResult();
const [first] = evidence.claims;

test("a run's chance of a false verdict is the sum over its suites of their budgets' spent parts", () => {
  const claims = [
    { ...first!, suite: "one", share: 0.25 },
    { ...first!, suite: "one", share: 0.25 },
    { ...first!, suite: "two", share: 1 },
  ];
  const suites = [
    { ...evidence.suites[0]!, name: "one", errors: { falseVerdict: 0.001, undecided: 0.01 } },
    { ...evidence.suites[0]!, name: "two", errors: { falseVerdict: 0.0015, undecided: 0.01 } },
  ];
  // 0.5 * 0.001 + 1 * 0.0015 = 0.002
  expect(wholeBudgetWords({ ...evidence, suites, claims })).toBe(
    "The chance that even one verdict on these 3 claims and their controls is false is at most 1 in 500.",
  );
});

test("of one claim and of none it speaks as such", () => {
  const suites = [{ ...evidence.suites[0]!, name: "one", errors: { falseVerdict: 0.001, undecided: 0.01 } }];
  expect(wholeBudgetWords({ ...evidence, suites, claims: [{ ...first!, suite: "one", share: 1 }] })).toBe(
    "The chance that even one verdict on this claim and its controls is false is at most 1 in 1,000.",
  );
  expect(wholeBudgetWords({ ...evidence, suites: [], claims: [] })).toBeUndefined();
});
