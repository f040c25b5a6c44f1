import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { expectationFor, readExpectations } from "./expectations.ts";

const KNOWN = ["paper/a/b", "paper/a/c"];
const deviation = { claim: "paper/a/b", expects: "fails", reason: "being mended", link: "https://example.org/1" };

function written(content: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), "plateau-expectations-"));
  writeFileSync(join(folder, "expectations.json"), typeof content === "string" ? content : JSON.stringify(content));
  return folder;
}

describe("known deviations", () => {
  test("are read, and found by claim and tier", async () => {
    const all = await readExpectations(
      written({ schema: 1, expectations: [deviation, { ...deviation, claim: "paper/a/c", tier: "full" }] }),
      KNOWN,
    );
    expect(expectationFor(all, "paper/a/b", "smoke")).toEqual(deviation);
    expect(expectationFor(all, "paper/a/c", "full")?.expects).toBe("fails");
    expect(expectationFor(all, "paper/a/c", "smoke")).toBeUndefined();
  });

  test("are none where there is no file", async () => {
    expect(await readExpectations(mkdtempSync(join(tmpdir(), "plateau-expectations-")), KNOWN)).toEqual([]);
  });

  test.each<[string, unknown, RegExp]>([
    ["text that is no JSON", "{", /is not JSON/],
    ["another schema", { schema: 2, expectations: [] }, /is invalid at schema/],
    ["no reason", { schema: 1, expectations: [{ ...deviation, reason: " " }] }, /invalid at expectations\.0\.reason/],
    ["no link", { schema: 1, expectations: [{ ...deviation, link: undefined }] }, /invalid at expectations\.0\.link/],
    [
      "a link that runs",
      { schema: 1, expectations: [{ ...deviation, link: "javascript:x" }] },
      /expectations\.0\.link/,
    ],
    ["holding as a deviation", { schema: 1, expectations: [{ ...deviation, expects: "holds" }] }, /0\.expects/],
    [
      "an unknown claim",
      { schema: 1, expectations: [{ ...deviation, claim: "paper/a/z" }] },
      /paper\/a\/z, which no suite/,
    ],
    ["a claim twice", { schema: 1, expectations: [deviation, { ...deviation, tier: "full" }] }, /two expectations/],
    ["a field too many", { schema: 1, expectations: [{ ...deviation, extra: 1 }] }, /invalid at expectations\.0/],
  ])("with %s are refused", async (_, content, says) => {
    await expect(readExpectations(written(content), KNOWN)).rejects.toThrow(says);
  });
});
