import { expect, test } from "vitest";
import type { Evidence } from "../../claim/result.ts";
import { undecidedWords } from "./undecided-words.ts";

test("of a question about several things those are named that keep it open", () => {
  const part = (label: string, low: number | null, high: number | null) => ({
    label,
    estimate: 0,
    interval: [low, high],
  });
  const unit = {
    state: "inconclusive",
    cells: [0],
    region: [0, null],
    parts: [part("a less b", 0.25, 1), part("b less c", -0.01234, 0.5), part("c less d", null, null)],
  };
  const arm = { kind: "claimed", name: "claimed", state: "inconclusive", cells: [{ replicates: 60 }], units: [unit] };
  const evidence = { claims: [{ id: "p/t/ranking", outcome: "undecided", arms: [arm] }] } as unknown as Evidence;
  expect(undecidedWords(evidence)[0]).toBe(
    "p/t/ranking: 60 replicates a cell, open: b less c (-0.0123 to 0.5), c less d (-∞ to ∞)",
  );
});
