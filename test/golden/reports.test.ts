import { describe, expect, test } from "vitest";
import { junitReport } from "../../src/report/junit.ts";
import { markdownReport } from "../../src/report/markdown.ts";
import { planText } from "../../src/report/terminal/plan-text.ts";
import { terminalReport } from "../../src/report/terminal/terminal.ts";
import { displayWidth } from "../../src/report/layout/display-width.ts";
import { fixtureResult } from "./fixture-result.ts";
import { expectGolden } from "./golden-file.ts";

const result = await fixtureResult();
const path = "results/2026-01-02T03-04-05Z-smoke/result.json";

describe("the terminal's table", () => {
  test.each([
    ["terminal-80.txt", { columns: 80, color: false, path }],
    ["terminal-40.txt", { columns: 40, color: false, path }],
    ["terminal-quiet-80.txt", { columns: 80, color: false, path, quiet: true }],
    ["terminal-120.txt", { columns: 120, color: false, path }],
    ["terminal-verbose-100.txt", { columns: 100, color: false, path, verbose: true }],
    ["terminal-color-80.txt", { columns: 80, color: true, path }],
  ])("is as in %s", (name, options) => {
    expectGolden(name, terminalReport(result, options));
  });

  test.each([40, 60, 80, 100, 120, 200])("keeps to %i columns, but for what must be copied whole", (columns) => {
    const lines = terminalReport(result, { columns, color: false }).split("\n");
    const wide = lines.filter((line) => displayWidth(line) > columns && !/^ *\S+$/.test(line));
    expect(wide).toEqual([]);
  });

  test.each([40, 80, 200])("has every claim's id whole on a line of its own at %i columns", (columns) => {
    for (const verbose of [false, true]) {
      const lines = terminalReport(result, { columns, color: false, verbose }).split("\n");
      for (const { id } of result.evidence.claims) expect(lines).toContain(id);
    }
  });

  test("says verdicts without colour as with it", () => {
    const plain = terminalReport(result, { columns: 80, color: false });
    const colored = terminalReport(result, { columns: 80, color: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
    expect(colored.replace(/\u001b\[\d+m/g, "")).toBe(plain);
  });

  test.each([
    ["format characters alone", "\u0600"],
    ["format characters that are not drawn", "\ufff9\u{13430}"],
    ["one character that is wider than its column", "\uff9e".repeat(200)],
    ["half of a surrogate pair", "\ud800"],
    ["nothing", ""],
  ])("is drawn of titles, arms and labels that are %s", (_, text) => {
    const worded = JSON.parse(JSON.stringify(result), (key, value) =>
      key === "title" || key === "label" || (key === "name" && value !== "vanishing") ? text : value,
    ) as typeof result;
    for (const options of [{ columns: 40 }, { columns: 80, verbose: true }, { columns: 120, quiet: true }]) {
      expect(terminalReport(worded, { ...options, color: false })).toContain("orvieto2021");
    }
  });

  test("lets no control character of a result file through", () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(terminalReport(result, { columns: 80, color: false })).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
  });
});

test("the Markdown report is as in markdown.md", () => expectGolden("markdown.md", markdownReport(result)));

test("the JUnit report is as in junit.xml", () => expectGolden("junit.xml", junitReport(result)));

test("a plan is as in plan-80.txt", () => {
  const arm = { name: "claimed", kind: "claimed", support: 6.25e-5, cell: "depth 16", region: [-1.05, -0.95] } as const;
  const enough = { ...arm, has: [512, 512], needs: [480, 480], enough: true, detects: 0.04813 };
  const few = { ...arm, region: [null, 0.3], has: [64], needs: [12_345], enough: false, detects: 0.2 } as const;
  const never = { ...arm, has: [64], needs: [Infinity], enough: false, detects: null };
  const unknown = { ...arm, has: [1], needs: null, enough: null, detects: null, problem: "the judge knows no law of it" };
  const control = { ...enough, name: "centred", kind: "control" } as const;
  const claim = { suite: "demo", share: 0.125, replicates: 1536, seconds: 12.3 };
  const claims = [
    { ...claim, id: "demo/a/enough", title: "A claim that has enough", arms: [enough, control] },
    { ...claim, id: "demo/a/few", title: "A claim that has too few", arms: [few, { ...control, enough: false }] },
    { ...claim, id: "demo/a/never", title: "A claim whose value lies on its margin", arms: [never, control], seconds: 4000 },
    { ...claim, id: "demo/a/unknown", title: "A claim of which nothing is known", arms: [unknown, control] },
  ];
  const options = { columns: 80, tier: "full", workers: 2, fitted: false } as const;
  expectGolden("plan-80.txt", planText(claims, options));
  const [first, , , last] = claims;
  const words = (...shown: typeof claims) => planText(shown, options).replace(/\s+/g, " ");
  expect(words(first!)).toContain("Every arm has the replicates that it needs");
  expect(words(first!, last!)).not.toContain("Every arm");
  expect(words(first!, last!)).toContain("1 of 2 claims have an arm of which it is not known whether its replicates suffice");
});
