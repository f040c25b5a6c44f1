import { describe, expect, test } from "vitest";
import type { RunEvent } from "../run/events.ts";
import { progressOn } from "./progress.ts";

const claim = "demo/a/b";
const progress = (done: number): RunEvent => {
  return { kind: "progress", done, total: 100, computed: done, found: 0, secondsLeft: 200 - 2 * done };
};

function shown(isTTY: boolean, events: readonly RunEvent[]): string {
  let text = "";
  const stderr = (more: string) => {
    text += more;
  };
  const lines = progressOn({ isTTY, stderr, columns: 80 });
  for (const event of events) lines.emit(event);
  lines.close();
  return text;
}

describe("a log", () => {
  test("has a line for each tenth of the work, not for each chunk", () => {
    const text = shown(
      false,
      Array.from({ length: 100 }, (_, index) => progress(index + 1)),
    );
    expect(text.trimEnd().split("\n")).toHaveLength(10);
    expect(text).toMatch(/^10 % of the samples \(0 found, 10 computed\), about 3 min 00 s left\n/);
  });

  test("says undecided where a claim holds only because the tier need not decide", () => {
    const text = shown(false, [
      { kind: "arm", claim, arm: "claimed", state: "inconclusive", look: 1 },
      { kind: "verdict", claim, outcome: "holds" },
    ]);
    expect(text).toBe("? undecided: demo/a/b\n");
  });

  test("believes the last look", () => {
    const text = shown(false, [
      { kind: "arm", claim, arm: "claimed", state: "inconclusive", look: 1 },
      { kind: "arm", claim, arm: "claimed", state: "supported", look: 2 },
      { kind: "verdict", claim, outcome: "holds" },
    ]);
    expect(text).toBe("✓ holds: demo/a/b\n");
  });

  test("names a cell that crashed, in one line whatever the reason holds", () => {
    const reason = "first line\n\u001b[2Jsecond line";
    const text = shown(false, [
      { kind: "cell", claim, arm: "claimed", cell: { depth: 4 }, state: "done" },
      { kind: "cell", claim, arm: "claimed", cell: { depth: 8 }, state: "crashed", reason },
    ]);
    expect(text).toBe("crashed demo/a/b, arm claimed, depth 8: first line second line\n");
  });
});

describe("a terminal", () => {
  test("has one line that is rewritten, and removed at the end", () => {
    const planned: RunEvent = { kind: "planned", claims: 3, arms: 6, cells: 9, replicates: 100, seconds: 2 };
    const text = shown(true, [planned, progress(50), { kind: "verdict", claim, outcome: "fails" }]);
    expect(text).not.toContain("\n");
    const lines = text.split("\r\u001b[2K");
    expect(lines.at(-2)).toBe("1 of 3 claims judged, 50 % of the samples, about 1 min 40 s left");
    expect(lines.at(-1)).toBe("");
  });

  test("does not draw the same line again", () => {
    const once = shown(true, [progress(50)]);
    expect(shown(true, [progress(50), progress(50), progress(50)])).toBe(once);
  });

  test("leaves a line behind for a cell that timed out", () => {
    const cell = { depth: 8 };
    const text = shown(true, [{ kind: "cell", claim, arm: "claimed", cell, state: "timed-out", reason: "no answer" }]);
    expect(text).toContain("timed-out demo/a/b, arm claimed, depth 8: no answer\n");
  });
});
