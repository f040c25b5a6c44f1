import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));
const { claimListPath, claimListText } = (await import(
  new URL("../../dist/src/cli/claim-list.js", import.meta.url).href
)) as typeof import("../../src/cli/claim-list.ts");

test("the built package has a list of its own code", async () => {
  expect(readFileSync(claimListPath(dist), "utf8")).toBe(await claimListText(dist));
});
