import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { readProject } from "../project.ts";
import { initProject, type NewPaper } from "./init-project.ts";

const paper: NewPaper = {
  ...{ name: "curie1903", title: "Radioactive substances", authors: ["Marie Curie"], year: 1903, url: undefined },
  ...{ language: "javascript", experiment: "script" },
};

function repository(files: { readonly [path: string]: string } = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "plateau-init-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const textIn = (folder: string, path: string) => readFileSync(join(folder, path), "utf8");
const CLAIM = "suites/curie1903/geometry/norm-is-kept.claim";

describe("a new project", () => {
  test("has a claim, its experiment, suite, paper, workflow, and a seed that nobody picked", () => {
    const folder = repository();
    const { written, kept } = initProject(folder, paper, "^0.1.0");
    expect(kept).toEqual([]);
    expect([...written].sort()).toEqual([
      ".github/workflows/claims.yml",
      ".gitignore",
      "README.md",
      "benchmarks/random-projection.js",
      "package.json",
      "plateau.json",
      "suites/curie1903/curie1903.suite.js",
      `${CLAIM}.js`,
      "suites/curie1903/papers.json",
    ]);
    expect(readProject(folder)).toMatchObject({
      title: "Radioactive substances",
      seed: expect.stringMatching(/^\d+$/),
    });
    expect(textIn(folder, `${CLAIM}.js`)).toContain('id: "curie1903/geometry/norm-is-kept"');
    expect(textIn(folder, `${CLAIM}.js`)).toContain('from "../../../benchmarks/random-projection.js"');
    expect(JSON.parse(textIn(folder, "package.json"))).toMatchObject({ devDependencies: { plateau: "^0.1.0" } });
    for (const path of written) expect(textIn(folder, path)).not.toMatch(/PAPER|TITLE/);
  });

  test("with experiments in Python has the program, what it needs, and the same claim", () => {
    const folder = repository();
    const { written } = initProject(folder, { ...paper, experiment: "python" }, "^0.1.0");
    expect(written).toEqual(expect.arrayContaining(["benchmarks/random_projection.py", "requirements.txt"]));
    expect(textIn(folder, "benchmarks/random-projection.js")).toContain(
      'argv: ["python3", "benchmarks/random_projection.py"]',
    );
    expect(textIn(folder, `${CLAIM}.js`)).toContain('from "../../../benchmarks/random-projection.js"');
  });

  test("with results that exist has them as a table, and a claim that nothing is run for", () => {
    const folder = repository();
    const { written } = initProject(folder, { ...paper, experiment: "recorded" }, "^0.1.0");
    expect(written).toEqual(expect.arrayContaining(["data/accuracies.csv", "benchmarks/accuracy.js"]));
    expect(textIn(folder, "suites/curie1903/curie1903.suite.js")).toContain("falseVerdict: 0.05");
  });

  test("has a workflow of at most twenty lines", () => {
    const folder = repository();
    initProject(folder, paper, "^0.1.0");
    expect(textIn(folder, ".github/workflows/claims.yml").trim().split("\n").length).toBeLessThanOrEqual(20);
  });

  test.each([
    ["typescript", "module", ".ts"],
    ["javascript", "module", ".js"],
    ["typescript", "commonjs", ".mts"],
    ["javascript", "commonjs", ".mjs"],
  ] as const)("in %s, of a package of type %s, has modules that end in %s", (language, type, ending) => {
    const folder = repository({ "package.json": JSON.stringify({ type }) });
    initProject(folder, { ...paper, language }, "^0.1.0");
    expect(existsSync(join(folder, CLAIM + ending))).toBe(true);
    expect(existsSync(join(folder, "tsconfig.json"))).toBe(language === "typescript");
  });

  test("twice in one folder changes nothing", () => {
    const folder = repository();
    const { written } = initProject(folder, paper, "^0.1.0");
    expect(initProject(folder, paper, "^0.1.0")).toEqual({ written: [], kept: written });
  });

  test("may hold a second paper beside the first", () => {
    const folder = repository();
    initProject(folder, paper, "^0.1.0");
    expect(initProject(folder, { ...paper, name: "bohr1913" }, "^0.1.0").written).toContain(
      "suites/bohr1913/bohr1913.suite.js",
    );
  });
});

describe("a repository of long standing", () => {
  const theirs = {
    ".gitignore": "*.log\n/results/",
    "package.json": '{ "name": "mine", "type": "module", "dependencies": { "left": "1" } }',
    "README.md": "# Mine\n",
  };

  test("keeps its own, and gets what it lacks", () => {
    const folder = repository(theirs);
    const { kept } = initProject(folder, paper, "^0.1.0");
    expect(kept).toEqual(["README.md"]);
    expect(textIn(folder, ".gitignore")).toBe("*.log\n/results/\n/node_modules/\n/.plateau/\n");
    expect(JSON.parse(textIn(folder, "package.json"))).toEqual({
      ...{ name: "mine", type: "module", dependencies: { left: "1" } },
      devDependencies: { plateau: "^0.1.0" },
    });
  });

  test("that has plateau already keeps the version that it asks for", () => {
    const manifest = '{ "type": "module", "dependencies": { "plateau": "file:../plateau" } }';
    const folder = repository({ "package.json": manifest });
    initProject(folder, paper, "^0.1.0");
    expect(textIn(folder, "package.json")).toBe(manifest);
  });

  test("with files in the way is refused with all their names, and nothing is written", () => {
    const inTheWay = { "benchmarks/random-projection.js": "// mine", ".github/workflows/claims.yml": "name: mine" };
    const folder = repository({ ...theirs, ...inTheWay });
    expect(() => initProject(folder, paper, "^0.1.0")).toThrow(
      /would write over \.github\/workflows\/claims\.yml benchmarks\/random-projection\.js, found with another text/,
    );
    expect(existsSync(join(folder, "suites"))).toBe(false);
    expect(textIn(folder, ".gitignore")).toBe(theirs[".gitignore"]);
  });
});
