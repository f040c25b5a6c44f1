import { expect, test } from "vitest";
import { dashboardOf, type Step } from "./step.ts";

test.each([
  ["Ada/claims", "https://ada.github.io/claims"],
  ["Ada/ada.github.io", "https://ada.github.io"],
  ["Ada/Ada.GitHub.io", "https://ada.github.io"],
  ["", undefined],
])("the pages of %s lie at %s", (repository, address) => {
  expect(dashboardOf({ env: { GITHUB_REPOSITORY: repository } } as unknown as Step)).toBe(address);
});
