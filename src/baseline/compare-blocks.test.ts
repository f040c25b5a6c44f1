import { describe, expect, test } from "vitest";
import type { ArmEvidence, CellEvidence } from "../claim/result.ts";
import { differingBlocks } from "./compare-blocks.ts";

const cell = (replicates: number, blocks: readonly string[], stream = "s"): CellEvidence => {
  return {
    cell: { depth: 4 },
    role: "experiment",
    experiment: "e",
    stream,
    replicates,
    counted: replicates,
    blocks: [...blocks],
  };
};
const arm = (...cells: readonly CellEvidence[]): readonly ArmEvidence[] => {
  return [{ name: "claimed", kind: "claimed", state: "supported", looks: 1, cells: [...cells], units: [] }];
};
const found = (replicates: readonly [number, number] | null) => [{ arm: "claimed", cell: "depth 4", replicates }];

describe("as a whole", () => {
  test.each([
    ["equal samples", cell(130, ["a", "b", "c"]), cell(130, ["a", "b", "c"]), []],
    ["a middle block", cell(130, ["a", "b", "c"]), cell(130, ["a", "x", "y"]), found([64, 127])],
    ["the last, partial block", cell(130, ["a", "b", "c"]), cell(130, ["a", "b", "x"]), found([128, 129])],
    ["fewer replicates, else equal", cell(192, ["a", "b", "c"]), cell(128, ["a", "b"]), found([128, 191])],
    ["fewer replicates and another block", cell(192, ["a", "b", "c"]), cell(128, ["a", "x"]), found([64, 127])],
    ["another stream", cell(64, ["a"]), cell(64, ["a"], "t"), found(null)],
  ])("%s", (_, before, after, expected) => {
    expect(differingBlocks(arm(before), arm(after), "whole")).toEqual(expected);
  });

  test("a cell that was not there before", () => {
    expect(differingBlocks(arm(), arm(cell(64, ["a"])), "whole")).toEqual(found(null));
  });

  test("the order of axes in the file does not matter", () => {
    const two = { ...cell(64, ["a"]), cell: { depth: 4, init: "he" } };
    const swapped = { ...two, cell: { init: "he", depth: 4 } };
    expect(differingBlocks(arm(two), arm(swapped), "whole")).toEqual([]);
  });
});

describe("as a prefix of a longer tier", () => {
  test.each([
    ["equal whole blocks, then more", cell(512, ["a", "b", "c", "d", "e", "f", "g", "h"]), cell(128, ["a", "b"]), []],
    ["a partial block is not compared", cell(512, ["a", "b", "c"]), cell(100, ["a", "x"]), []],
    ["a differing whole block", cell(512, ["a", "b", "c"]), cell(128, ["a", "x"]), found([64, 127])],
    ["another stream has nothing in common", cell(512, ["a"]), cell(64, ["b"], "t"), []],
  ])("%s", (_, before, after, expected) => {
    expect(differingBlocks(arm(before), arm(after), "shared")).toEqual(expected);
  });
});
