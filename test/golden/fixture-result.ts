import { fileURLToPath } from "node:url";
import type { Result } from "../../src/claim/result.ts";
import { readResult } from "../../src/run/files/result-file.ts";

/** A smoke run with everything that can happen in it: made by hand, so the numbers mean nothing. */
export const FIXTURE_RESULT = fileURLToPath(new URL("./fixtures/smoke.result.json", import.meta.url));

export function fixtureResult(): Promise<Result> {
  return readResult(FIXTURE_RESULT);
}
