import { SaxesParser } from "saxes";
import { describe, expect, test } from "vitest";
import { badgeSvg, badgeWords } from "./badge.ts";
import type { CitedClaim } from "./cited-claim.ts";

const cited = (outcome: CitedClaim["outcome"], at: string): CitedClaim => ({
  ...{
    claim: "p/t/c",
    title: "t",
    tier: "full",
    outcome,
    seed: "1",
    commit: null,
    at,
    hash: "h",
    digest: "d",
    units: [],
  },
});

describe("a badge", () => {
  test.each([
    [["holds"], "holds · full · 2026-01-02", "good"],
    [["holds", "holds"], "holds 2 of 2 · full · 2026-01-02", "good"],
    [["holds", "undecided"], "undecided 1 of 2 · full · 2026-01-02", "open"],
    [["undecided", "fails"], "refuted 1 of 2 · full · 2026-01-02", "bad"],
  ] as const)("of %j says the worst, with tier and oldest date", (outcomes, message, tone) => {
    const claims = outcomes.map((outcome, index) => cited(outcome, `2026-01-0${2 + index}T00:00:00.000Z`));
    expect(badgeWords("claims", claims)).toEqual({ label: "claims", message, tone });
  });

  test.each(["\u0600", "\ufff9", "\ud800", ""])("is drawn of the label %j", (label) => {
    expect(badgeSvg({ label, message: "holds", tone: "good" })).toMatch(/^<svg [^>]*width="\d+"/);
  });

  test("is XML with a title, whatever its label, and needs no other file", () => {
    const svg = badgeSvg({ label: '<a & "b">', message: "holds", tone: "good" });
    const titles: string[] = [];
    const parser = new SaxesParser();
    let inTitle = false;
    parser.on("opentag", ({ name }) => (inTitle = name === "title"));
    parser.on("text", (text) => (inTitle && text.trim() !== "" ? titles.push(text) : undefined));
    parser.on("closetag", () => (inTitle = false));
    parser.write(svg).close();
    expect(titles).toEqual(['<a & "b">: holds']);
    expect(svg.replace("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:|url\(|<image|@import|href/);
  });
});
