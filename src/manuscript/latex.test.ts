import { describe, expect, test } from "vitest";
import type { CitedClaim } from "./cited-claim.ts";
import { claimsBib, claimsTex, texText } from "./latex.ts";

const cited: CitedClaim = {
  ...{ claim: "curie1903/rays/decay", title: "Half of 50 % & more", tier: "full", outcome: "holds", seed: "1" },
  ...{ commit: "c".repeat(40), at: "2026-01-02T00:00:00.000Z", hash: "h", digest: "0123456789abcdef" },
  units: [{ label: "a_b {c}", estimate: -5.8342, low: null, high: 1.2e-11, predicted: null, replicates: 64 }],
};

describe("what LaTeX reads", () => {
  test("prints every sign that means something to TeX", () => {
    expect(texText("50 % of $a_b^2 & {c} #1 ~ \\x")).toBe(
      "50 \\% of \\$a\\_b\\textasciicircum{}2 \\& \\{c\\} \\#1 \\textasciitilde{} \\textbackslash{}x",
    );
  });

  test("has each value under the claim's name, and under its unit's without signs that end a name", () => {
    const text = claimsTex([cited]);
    for (const name of ["curie1903/rays/decay", "curie1903/rays/decay|a-b -c-"]) {
      expect(text).toContain(`\\plateau@define{${name}}{estimate}{\\ensuremath{-5.8}}`);
      expect(text).toContain(`\\plateau@define{${name}}{low}{\\ensuremath{-\\infty}}`);
    }
    expect(text).toContain("{curie1903/rays/decay}{verdict}{holds}");
    expect(text).toContain("{curie1903/rays/decay}{digest}{0123456789abcdef}");
  });

  test("has an entry that names tier, code and digest", () => {
    expect(claimsBib([cited])).toBe(`@misc{plateau:curie1903:rays:decay,
  title = {{Half of 50 \\% \\& more}},
  howpublished = {Evidence judged by Plateau},
  year = {2026},
  note = {curie1903/rays/decay: holds at tier full, seed 1, commit cccccccccc, evidence 0123456789abcdef}
}
`);
  });
});
