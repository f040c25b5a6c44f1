// Prints "N passed, N failed" for the last run of the tests, from the report that it left; fails when there is none.
import { readFileSync } from "node:fs";
import { scriptWords } from "./script-words.mjs";

scriptWords("count-tests.mjs counts the last run of the tests; it takes nothing");

const REPORT = "node_modules/.cache/plateau/tests.json";

const { numPassedTests, numFailedTests, numPendingTests, success } = JSON.parse(readFileSync(REPORT, "utf8"));
const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : "";
console.log(`${numPassedTests} passed, ${numFailedTests} failed${skipped}`);
if (!success || numPassedTests === 0) process.exitCode = 1;
