import { describe, expect, test } from "vitest";
import { checkBinding, type Known } from "./check-binding.ts";
import type { CitedClaim } from "./cited-claim.ts";
import { findBindings } from "./find-bindings.ts";
import { SYNTAXES } from "./syntax.ts";

const unit = { label: "depth 16", estimate: -5.8342, low: -5.91, high: -5.76, predicted: -5.8, replicates: 1024 };
const cited: CitedClaim = {
  ...{ claim: "curie1903/rays/decay", title: "t", tier: "full", outcome: "holds", seed: "1", commit: "c".repeat(40) },
  ...{ at: "2026-01-02T00:00:00.000Z", hash: "h", digest: "d", units: [unit] },
};
const open: CitedClaim = { ...cited, claim: "curie1903/rays/open", outcome: "undecided", units: [] };
const two: CitedClaim = { ...cited, claim: "curie1903/rays/two", units: [unit, { ...unit, label: "depth 32" }] };
const old: CitedClaim = { ...cited, claim: "curie1903/rays/old" };

const all = [cited, open, two, old];
const known: Known = {
  evidence: new Map(all.map((one) => [one.claim, [one]])),
  nameOf: (name) => all.find(({ claim }) => claim === name || claim.endsWith(`/${name}`))?.claim,
  stale: (one) => (one === old ? "rests on old evidence" : undefined),
};

function problemsIn(ending: string, text: string): readonly string[] {
  const { bindings, findings } = findBindings(text, SYNTAXES[ending]!, (line) => `:${line}`);
  return [
    ...findings.map(({ place, problem }) => `${place} ${problem}`),
    ...bindings.flatMap((one) => checkBinding(one, known).map((problem) => `${one.place} ${problem}`)),
  ];
}

const markdown = (marker: string, text: string) => `A\n<!-- plateau: ${marker} -->${text}<!-- /plateau -->`;

describe("a text that says what the evidence does", () => {
  test.each([
    [".md", markdown("decay estimate", "-5.83"), 1],
    [".md", markdown("curie1903/rays/decay interval", "[−5.91, −5.76]"), 1],
    [".md", markdown("decay verdict", "is supported"), 1],
    [".md", markdown("open verdict tier=full", "undecided"), 1],
    [".md", markdown("decay replicates", "1,024 networks"), 1],
    [".md", markdown('two estimate unit="depth 32"', "-6"), 1],
    [".md", "It decays. <!-- plateau: decay -->", 1],
    [".tex", "The median is $-5.83$. % plateau: decay estimate", 1],
    [".tex", "% plateau: decay estimate\nThe median is $-5.834$.", 1],
    [".tex", "% plateau: decay interval\nIt lies\nin $[-5.9, -5.8]$ % a remark about 7\n% /plateau\nfor 9.", 1],
    [".tex", "The median is \\plateau{decay estimate}{\\textbf{$-5.83$}} for 9 of 10.", 1],
    [".tex", "It is \\plateauvalue{curie1903/rays/two|depth 32}{estimate}.", 1],
    [".tex", "It is $-5.83$\\\\% plateau: decay estimate\nof 100\\%", 1],
    [".typ", "It is /* plateau: decay estimate */ $-5.83$ /* /plateau */ for 9.", 1],
    [".typ", "It is $-5.83$. // plateau: decay estimate", 1],
  ])("is held in %s: %j", (ending, text, count) => {
    expect(problemsIn(ending, text)).toEqual([]);
    expect(findBindings(text, SYNTAXES[ending]!, String).bindings).toHaveLength(count);
  });

  test.each([
    [".md", "```\n<!-- plateau: gone -->\n```\nand `<!-- plateau: gone -->`"],
    [".tex", "\\begin{verbatim}\n% plateau: gone\n\\end{verbatim}\n\\verb|% plateau: gone|\n10\\% plateau: gone"],
    [".typ", "`// plateau: gone` and https://plateau: gone"],
  ])("binds nothing by what %s shows literally: %j", (ending, text) => {
    expect(findBindings(text, SYNTAXES[ending]!, String)).toEqual({ bindings: [], findings: [] });
  });
});

describe("a lie", () => {
  test.each([
    [markdown("decay estimate", "-5.82"), ":2 says -5.82, the evidence says -5.8342"],
    [markdown("decay estimate", "5.83"), ":2 says 5.83, the evidence says -5.8342"],
    [markdown("decay interval", "[-5.91, -5.75]"), ":2 says -5.75, the evidence says -5.76"],
    [markdown("open verdict", "supported"), ":2 says supported of curie1903/rays/open, the evidence says undecided"],
    [markdown("open", "It decays."), ":2 says that curie1903/rays/open holds, the evidence says undecided"],
    [markdown("decay verdict", "was refuted"), ":2 says refuted of curie1903/rays/decay, the evidence says holds"],
    [markdown("decay verdict", "is not supported"), ":2 denies a verdict, needed one word for it"],
    [markdown("decay verdict", "was studied"), ":2 needs one verdict in words, found none"],
    [markdown("gone estimate", "1"), ":2 names claim gone, which no suite has"],
    [
      markdown("decay tier=deep", "It decays."),
      ":2 names tier deep of curie1903/rays/decay, there is evidence at full",
    ],
    [markdown("two estimate", "-5.83"), ':2 needs unit= for curie1903/rays/two, one of "depth 16" "depth 32"'],
    [
      markdown('decay estimate unit="depth 8"', "1"),
      ':2 names unit "depth 8" of curie1903/rays/decay, there are "depth 16"',
    ],
    [markdown("old estimate", "-5.83"), ":2 rests on old evidence"],
    [markdown("decay estimate", "-5.83 at depth 16"), ":2 needs one number for the estimate, found -5.83 and 16"],
    [markdown("decay estimate", "small"), ":2 needs one number for the estimate, found none"],
    [markdown("decay estimate", " "), ":2 binds no text"],
    [markdown("decay guess", "1"), ":2 the marker needs one of holds verdict"],
    [markdown("decay estimate more", "1"), ":2 the marker needs one claim and one field, found more besides"],
    [markdown("decay estimate cell=3", "1"), ":2 the marker knows tier= and unit=, found cell="],
    ["A <!-- /plateau -->", ":1 closes a marker that is not open"],
  ])("is found where it stands: %j", (text, problem) => {
    const found = problemsIn(".md", text);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(problem);
  });
});
