import { expect, test } from "vitest";
import escapeSuite from "../../../suites/orvieto2021/escape.suite.ts";
import { SUITE_DEFAULTS, summariseSuite } from "./calibrate-suites.ts";
import { suiteTable } from "./suite-table.ts";

const measured = summariseSuite(escapeSuite, [], { ...SUITE_DEFAULTS, trials: 10, seed: 1 });

test("a page of suites names those that there are and it says nothing of", () => {
  expect(suiteTable([measured], ["vanishing", "escape", "training"])).toContain(
    "\nNot simulated with the judges of today: vanishing, training.\n",
  );
  expect(suiteTable([measured], ["escape"])).not.toContain("Not simulated");
});
