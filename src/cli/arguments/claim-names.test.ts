import { describe, expect, test } from "vitest";
import type { AnyClaim } from "../../claim/claim.ts";
import type { Suite } from "../../claim/suite.ts";
import { selectClaim, selectClaims } from "./claim-names.ts";

const all = [
  ["vanishing", "paper/chains/rate"],
  ["vanishing", "paper/width/rate"],
  ["vanishing", "paper/width/linear-rate"],
  ["escape", "paper/escape/time"],
].map(([name, id]) => ({ suite: { name } as Suite, claim: { id } as AnyClaim }));

const ids = (words: readonly string[]) => selectClaims(words, all).map(({ claim }) => claim.id);

describe("a name", () => {
  test.each([
    ["escape", ["paper/escape/time"]],
    ["vanishing", ["paper/chains/rate", "paper/width/rate", "paper/width/linear-rate"]],
    ["paper", ["paper/chains/rate", "paper/width/rate", "paper/width/linear-rate", "paper/escape/time"]],
    ["paper/width/rate", ["paper/width/rate"]],
    ["width/rate", ["paper/width/rate"]],
    ["time", ["paper/escape/time"]],
  ])("%s means %j", (word, expected) => {
    expect(ids([word])).toEqual(expected);
  });

  test("ends at a slash: rate is not linear-rate's ending", () => {
    expect(() => selectClaim("inear-rate", all)).toThrow("did you mean linear-rate?");
  });

  test("that several claims end in is refused with all of them", () => {
    expect(() => ids(["rate"])).toThrow(
      "claim name rate is ambiguous, found paper/chains/rate (suite vanishing) and paper/width/rate (suite vanishing), needed a longer ending",
    );
  });
});

test("several names give each claim once, in the order of the names", () => {
  expect(ids(["time", "width/rate", "escape"])).toEqual(["paper/escape/time", "paper/width/rate"]);
});
