import { describe, expect, test } from "vitest";
import { plateau } from "./recording-io.ts";

describe("plateau check of claims", () => {
  test("says of each which rules it breaks, and is red", async () => {
    const { exit, stdout } = await plateau(["check", "gives-nan"]);
    expect(stdout.split("\n")).toEqual([
      "✗ demo/behaviour/gives-nan",
      "    source demo@v1 is not in papers.json, which has none",
      "    the experiment never reads scaled",
      ...["he", "xavier"].map(
        (init) =>
          `    arm claimed, depth 4, init ${init}, scaled true: experiment demo-noise, measure value: a number is required, got NaN at replicate 0`,
      ),
      "1 claim: 1 breaks the rules",
      "",
    ]);
    expect(exit).toBe(1);
  });

  test("is green where all are kept, and gives the same as JSON", async () => {
    const io = { env: {} };
    const { exit, stdout } = await plateau(["check", "chains/product-has-gamma-law"], io);
    expect(stdout).toMatch(/^✓ .*\n1 claim: keeps the rules\n$/);
    expect(exit).toBe(0);
    const json = await plateau(["check", "gives-nan", "--json"]);
    expect(JSON.parse(json.stdout)).toMatchObject({
      exit: 1,
      claims: [{ claim: "demo/behaviour/gives-nan", faults: { length: 4 } }],
    });
  });

  test("refuses claims and texts in one breath, and names that there are not", async () => {
    const both = await plateau(["check", "holds", "paper.tex"]);
    expect(both).toMatchObject({ exit: 2, stderr: expect.stringContaining("got both holds and paper.tex") });
    const none = await plateau(["check", "hold"]);
    expect(none).toMatchObject({ exit: 2, stderr: expect.stringContaining("did you mean holds?") });
  });
});
