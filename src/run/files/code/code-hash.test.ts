import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { codeHasher } from "./code-hash.ts";

const FILES = {
  "entry.js": [
    'import { a } from "./static.js";',
    'import "./effect.js";',
    'export * from "./again.js";',
    'const later = () => import("./later.js");',
    'const kernel = new URL("./kernel.bin", import.meta.url);',
    'const program = new URL(isSource ? "./thread.js" : "./gone.js", import.meta.url);',
    'import {\n  x,\n  y,\n} from "./deep/lines.js";',
    'import { z } from "library";',
    'import { readFileSync } from "node:fs";',
    'const dear = () => import(/* when it is asked for */ "dear-library");',
    'import "./esc\\u0061ped.js";',
    '// import "mentioned-library" as in `import x from "mentioned-library"`',
  ].join("\n"),
  "static.js": 'import "./entry.js";',
  "effect.js": "1;",
  "again.js": "export const again = 1;",
  "later.js": "2;",
  "kernel.bin": "\u0000asm",
  "thread.js": "4;",
  "deep/lines.js": 'export { x } from "../deeper.js";',
  "deeper.js": "export const x = 1;",
  "stranger.js": "3;",
  "escaped.js": "5;",
  "node_modules/library/package.json": '{"version": "1.0.0"}',
  "node_modules/dear-library/package.json": '{"version": "1.0.0"}',
};

function tree(files: { readonly [path: string]: string } = FILES): string {
  const folder = mkdtempSync(join(tmpdir(), "plateau-code-"));
  for (const [path, text] of Object.entries(files)) write(folder, path, text);
  return folder;
}

function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const hash = (folder: string) => codeHasher()(pathToFileURL(join(folder, "entry.js")).href);

describe("the hash of a module's code", () => {
  test.each(Object.keys(FILES).filter((path) => path !== "stranger.js"))("changes with %s", (path) => {
    const folder = tree();
    const before = hash(folder);
    const text = FILES[path as keyof typeof FILES];
    write(folder, path, path.endsWith(".json") ? text.replace("1.0.0", "1.0.1") : `${text}\n// changed`);
    expect(hash(folder)).not.toBe(before);
  });

  test("does not change with a file that is not imported, nor with where the tree lies", () => {
    const folder = tree();
    const before = hash(folder);
    write(folder, "stranger.js", "4;");
    expect(hash(folder)).toBe(before);
    const moved = mkdtempSync(join(tmpdir(), "plateau moved % ö-"));
    cpSync(folder, moved, { recursive: true });
    expect(hash(moved)).toBe(before);
  });

  test("changes when an imported file is gone, and when two files swap contents", () => {
    const folder = tree();
    const before = hash(folder);
    write(folder, "effect.js", FILES["later.js"]);
    write(folder, "later.js", FILES["effect.js"]);
    const swapped = hash(folder);
    rmSync(join(folder, "later.js"));
    expect(new Set([before, swapped, hash(folder)]).size).toBe(3);
  });

  test("does not change with a package that only a comment imports", () => {
    const folder = tree();
    const before = hash(folder);
    write(folder, "node_modules/mentioned-library/package.json", '{"version": "1.0.0"}');
    expect(hash(folder)).toBe(before);
  });

  test.each([
    [
      "made of a template",
      `const later = (name) => import(\`./\${name}.js\`);`,
      /entry\.js requires imports of a text, .* got import\(/,
    ],
    ["computed", "const later = (name) => import(name);", /entry\.js requires imports of a text, .* got import\(/],
    ["of no module", 'import { from "./x.js";', /entry\.js cannot be read as a module/],
  ])("is refused where an import is %s: it might find samples of other code", (_, text, says) => {
    expect(() => hash(tree({ "entry.js": text }))).toThrow(says);
  });

  test("names a package that is not installed as such instead of failing", () => {
    const folder = tree();
    const before = hash(folder);
    rmSync(join(folder, "node_modules"), { recursive: true });
    expect(hash(folder)).not.toBe(before);
  });
});
