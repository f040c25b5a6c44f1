import { expect, test } from "vitest";
import { displayWidth } from "./display-width.ts";
import { everyKindOfCharacter } from "./fixtures/every-kind-of-character.ts";
import { table } from "./table.ts";

test("a table is drawn whatever Unicode has in its cells, and no line is wider than its columns, but for a wide character in one column", () => {
  const columns = [
    { head: "Claim", width: 18 },
    { head: "Mark", width: 1 },
    { head: "Verdict", width: 5 },
  ];
  const widest = 18 + 2 + 2 + 2 + 5;
  const wide = everyKindOfCharacter().filter((one) => {
    const cells = [6, 1, 8].map((length) => [{ text: one.repeat(length) }]);
    return table(columns, [{ cells }]).some((line) => displayWidth(line) > widest);
  });
  expect(wide).toEqual([]);
});
