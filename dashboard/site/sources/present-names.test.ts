import { expect, test } from "vitest";
import { underPresentNames } from "./present-names.ts";

const line = (claims: readonly (readonly [id: string, hash: string])[]) => ({
  ...({ schema: 1, at: "2026-01-02T03:04:05Z", commit: null, tier: "full", seed: "1" } as const),
  claims: claims.map(([id, hash]) => ({ id, hash, outcome: "holds" as const, units: [] })),
});
const known = new Map([["a/b/new", { hash: "present", formerly: [{ id: "a/b/old", hash: "as it would be" }] }]]);

const formerlyOld = ({ claims, ...rest }: ReturnType<typeof line>) => ({
  ...rest,
  claims: claims.map((claim) => ({ ...claim, formerly: "a/b/old" })),
});

test("points of a former name are the present claim's; where only the name was another they answer its question", () => {
  const lines = [line([["a/b/old", "as it would be"]]), line([["a/b/old", "older"]]), line([["a/b/new", "present"]])];
  expect(underPresentNames(lines, known)).toEqual([
    formerlyOld(line([["a/b/new", "present"]])),
    formerlyOld(line([["a/b/new", "older"]])),
    line([["a/b/new", "present"]]),
  ]);
});
