import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { readBaselines } from "../../src/baseline/files/read.ts";
import { checkBinding } from "../../src/manuscript/check-binding.ts";
import { citedBaselines } from "../../src/manuscript/cited-claim.ts";
import { findBindings } from "../../src/manuscript/find-bindings.ts";
import { SYNTAXES } from "../../src/manuscript/syntax.ts";
import { plateauProcess } from "./compiled.ts";
import { freshFolder, plateau } from "./recording-io.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

describe("the examples of docs/manuscript.md", async () => {
  const page = readFileSync(`${root}docs/manuscript.md`, "utf8");
  const blocks = [...page.matchAll(/^```(tex|markdown|typst)\n([\s\S]*?)^```$/gm)];
  const endings = { tex: ".tex", markdown: ".md", typst: ".typ" } as const;
  const cited = citedBaselines(await readBaselines(`${root}baselines`)).filter(({ tier }) => tier === "full");
  const evidence = new Map(cited.map((one) => [one.claim, [one]]));

  test.each(blocks.map(([, kind, text]) => [kind as keyof typeof endings, text!] as const))(
    "in %s say what was accepted",
    (kind, text) => {
      const { bindings, findings } = findBindings(text, SYNTAXES[endings[kind]]!, String);
      const nameOf = (name: string) => [...evidence.keys()].find((id) => id.endsWith(`/${name}`));
      const problems = bindings.flatMap((one) => checkBinding(one, { evidence, nameOf, stale: () => undefined }));
      expect({ findings, problems }).toEqual({ findings: [], problems: [] });
      expect(bindings.length).toBeGreaterThan(0);
    },
  );

  test("are of all three kinds", () => {
    expect(new Set(blocks.map(([, kind]) => kind))).toEqual(new Set(Object.keys(endings)));
  });
});

describe("a manuscript beside a run", () => {
  const folder = freshFolder();
  const result = join(folder, "out");
  const at = (words: readonly string[]) => plateau([...words, "--evidence", result], { cwd: folder });

  beforeAll(async () => {
    const claims = ["demo/behaviour/holds", "demo/behaviour/stays-undecided"];
    await plateauProcess(["run", ...claims, "--out", result, "--store", join(folder, "store")], { cwd: folder });
  });

  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

  test("of an undecided claim is red with file and line where it says supported", async () => {
    write("paper.md", "One.\nIt <!-- plateau: stays-undecided verdict tier=smoke -->is supported<!-- /plateau -->.\n");
    const { exit, stdout } = await at(["check", "paper.md"]);
    expect(stdout).toMatch(
      /✗ paper\.md:2: .*supported of demo\/behaviour\/stays-undecided, the evidence says undecided/,
    );
    expect(exit).toBe(1);
  });

  test("in a notebook is red at its cell", async () => {
    const source = ["<!-- plateau: gone estimate -->1<!-- /plateau -->"];
    write("notes.ipynb", JSON.stringify({ cells: [{ cell_type: "markdown", source }] }));
    const { exit, stdout } = await at(["check", "notes.ipynb"]);
    expect(stdout).toContain("✗ notes.ipynb:cell 1:1: names claim gone, which no suite has");
    expect(exit).toBe(1);
  });

  test.each([
    ["plain.md", "nothing bound", /plain\.md has no marker/],
    ["broken.ipynb", "{", /broken\.ipynb needs to be a notebook/],
    ["paper.docx", "x", /paper\.docx needs one of the endings/],
  ])("%s is refused, for nothing was checked", async (name, text, message) => {
    write(name, text);
    const { exit, stderr } = await at(["check", name]);
    expect(stderr).toMatch(message);
    expect(exit).toBe(2);
  });

  test("gets macros, entries and a badge", async () => {
    mkdirSync(join(folder, "paper"), { recursive: true });
    expect((await at(["cite", "demo/behaviour/holds", "--tier", "smoke", "--out", "paper"])).exit).toBe(0);
    expect(readFileSync(join(folder, "paper/claims.tex"), "utf8")).toContain("{demo/behaviour/holds}{verdict}{holds}");
    expect(readFileSync(join(folder, "paper/claims.bib"), "utf8")).toContain("@misc{plateau:demo:behaviour:holds,");
    const badge = await at(["badge", "--tier", "smoke", "--label", "rays & lines", "--out", "badge.svg"]);
    expect(badge.stdout).toContain("rays & lines: undecided 1 of 2 · smoke");
    expect(readFileSync(join(folder, "badge.svg"), "utf8")).toContain("rays &#38; lines: undecided 1 of 2");
  });
});

describe("the demo", () => {
  test("plants three faults and sees each caught, by commands that really ran", async () => {
    const { exitCode, stdout } = await plateauProcess(["demo", "--json"]);
    const { holds, steps } = JSON.parse(stdout) as {
      readonly holds: boolean;
      readonly steps: readonly { readonly commands: readonly { readonly exit: number; readonly wanted: number }[] }[];
    };
    expect(steps.flatMap(({ commands }) => commands.map(({ exit }) => exit))).toEqual([0, 0, 0, 1, 0, 1, 1, 0]);
    expect(holds).toBe(true);
    expect(exitCode).toBe(0);
  });
});
