import { describe, expect, test } from "vitest";
import { gridSection } from "../../dashboard/site/pages/history/grid-section.ts";
import type { Site } from "../../dashboard/site/site.ts";
import { underPresentNames } from "../../dashboard/site/sources/present-names.ts";
import { keptRuns, keptWords } from "../../dashboard/site/views/history/kept-runs.ts";
import { columnOf, stretchesOf, verdictGrid } from "../../dashboard/site/views/history/verdict-grid.ts";
import type { Outcome } from "../../src/claim/result.ts";
import type { HistoryLine } from "../../src/report/history.ts";

const IDS = Array.from({ length: 40 }, (_, at) => `paper/topic/claim-${at}`);
const PLANTED = IDS[31]!;
const RUN = 1733;

/** A run of all claims that hold, but for what `verdicts` says. */
function runOf(at: number, verdicts: Readonly<Record<string, Outcome>> = {}, hash = "a"): HistoryLine {
  const claims = IDS.map((id) => ({ id, hash, outcome: verdicts[id] ?? ("holds" as const), units: [] }));
  return { schema: 1, at: new Date(86_400_000 * at).toISOString(), commit: null, tier: "full", seed: "1", claims };
}

const THOUSANDS = Array.from({ length: 3000 }, (_, at) => runOf(at, at === RUN ? { [PLANTED]: "fails" } : {}));

describe("one failure planted in 3,000 runs of 40 claims", () => {
  test("is in the first row, with the run after it as the last change", () => {
    const [first, second] = verdictGrid(THOUSANDS, IDS);
    expect(first!.id).toBe(PLANTED);
    expect(first!.last).toEqual({ run: RUN + 1, from: "fails", to: "holds", redefined: false });
    expect(second!.last).toBeUndefined();
  });

  test.each([60, 240, 3000])("is a stretch of its own where %i columns stand for all runs", (columns) => {
    const [first] = verdictGrid(THOUSANDS, IDS);
    const stretches = stretchesOf(first!, columns);
    expect(stretches.map(({ outcome }) => outcome)).toEqual(["holds", "fails", "holds"]);
    const { from, to } = stretches[1]!;
    expect(to - from).toBe(1);
    expect(columnOf(RUN, columns, THOUSANDS.length)).toBe(from);
    expect([stretches[0]!.from, stretches[2]!.to]).toEqual([0, columns]);
  });

  test("is kept with its estimates and the run before it, though it is older than the latest hundred", () => {
    const kept = keptRuns(THOUSANDS);
    expect(kept.map((line) => THOUSANDS.indexOf(line)).slice(0, 4)).toEqual([RUN - 1, RUN, RUN + 1, 2900]);
    expect(keptWords(THOUSANDS)).toContain("103 of 3,000 runs");
  });
});

test("a claim that was changed is marked where it was, and comes before one that failed earlier", () => {
  const runs = [runOf(0), runOf(1, { [IDS[2]!]: "fails" }), runOf(2), runOf(3)];
  const changed = {
    ...runs[3]!,
    claims: runs[3]!.claims.map((claim) => (claim.id === IDS[5] ? { ...claim, hash: "b" } : claim)),
  };
  const rows = verdictGrid([...runs.slice(0, 3), changed], IDS);
  expect(rows.slice(0, 2).map(({ id }) => id)).toEqual([IDS[5], IDS[2]]);
  expect(rows[0]!.redefined).toEqual([3]);
});

test("a claim that was renamed keeps its row, which says since when and what it was called", () => {
  const [id] = IDS;
  const old = "paper/topic/once";
  const before = { ...runOf(0), claims: [{ id: old, hash: "o", outcome: "holds" as const, units: [] }] };
  const known = new Map([[id!, { hash: "a", formerly: [{ id: old, hash: "o" }] }]]);
  const lines = underPresentNames([before, { ...before, at: runOf(1).at }, runOf(2), runOf(3)], known);
  const [row] = verdictGrid(lines, [id!]);
  expect(row).toEqual({ id, outcomes: Array(4).fill("holds"), redefined: [], renamed: { run: 2, from: old } });
});

test("a run without the claim leaves a gap, and no change", () => {
  const without = { ...runOf(1), claims: [] };
  const [row] = verdictGrid([runOf(0), without, runOf(2)], [IDS[0]!]);
  expect(row!.outcomes).toEqual(["holds", undefined, "holds"]);
  expect(row!.last).toBeUndefined();
  expect(stretchesOf(row!, 3).map(({ from, to }) => [from, to])).toEqual([
    [0, 1],
    [2, 3],
  ]);
});

test("one run has its date once, room for the claims' names, and no word of ever", () => {
  const [title, slug] = ["A claim whose name is long", "paper/topic/claim-0"];
  const claims = [{ id: IDS[0]!, title }];
  const site = (history: readonly HistoryLine[]) =>
    ({ sources: { history, claims }, slugs: new Map([[IDS[0]!, slug]]) }) as unknown as Site;
  const one = String(gridSection("full", site([runOf(0)])));
  expect(one.match(/1970-01-01/g)).toHaveLength(1);
  expect(one).toContain('class="run-grid few-runs"');
  expect(one).toContain('<span class="last">holds</span>');
  expect(one).toContain("of which none changed and none failed");
  const many = String(gridSection("full", site(Array.from({ length: 30 }, (_, at) => runOf(at)))));
  expect(many).toContain('class="run-grid"');
  expect(many).toContain('<span class="last">always holds</span>');
});

test("as many runs as are kept are all kept, and nothing is said", () => {
  const runs = THOUSANDS.slice(0, 100);
  expect(keptRuns(runs)).toEqual(runs);
  expect(keptWords(runs)).toBe("");
});
