import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { freshFolder, plateau } from "./recording-io.ts";

/** A root with these files below `suites/`. */
function root(files: readonly string[]): string {
  const folder = freshFolder();
  for (const file of ["paper/notes.txt", ...files]) {
    mkdirSync(join(folder, "suites/paper"), { recursive: true });
    writeFileSync(join(folder, "suites", file), "export default {};\n");
  }
  return folder;
}

const NONE = /^plateau: .*suites requires modules <paper>\/<name>\.suite\.js or \.suite\.ts, found none\n$/;
/** A Node that strips types finds no suite in it; one that does not cannot load it. */
const UNCOMPILED =
  /^plateau: .*norms\.suite\.ts (?:requires a suite as its default export, found object|cannot be loaded: Node 22\.18 or later loads TypeScript as it is, .*)\n$/;

describe.each([
  ["no suites", [], NONE],
  ["a suite that is not compiled", ["paper/norms.suite.ts"], UNCOMPILED],
] as const)("a root with %s", (_, files, says) => {
  test.each(["list", "plan", "run", "calibrate"])(
    "is no success of plateau %s, which says what it looked for",
    async (command) => {
      const cwd = freshFolder();
      const answer = await plateau([command], { cwd, env: { PLATEAU_ROOT: root(files) } });
      expect(answer).toMatchObject({ exit: 2, stdout: "", stderr: expect.stringMatching(says) });
    },
  );
});
