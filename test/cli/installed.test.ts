import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");

test("npx --no plateau runs this clone's build, not a package of that name from elsewhere", async () => {
  const { stdout } = await execa("npx", ["--no", "plateau", "list", "--json"], { cwd: root });
  expect(JSON.parse(stdout)).toBeTruthy();
});

test("the packed package holds what the command needs and no test", async () => {
  const folder = mkdtempSync(join(tmpdir(), "plateau-pack-"));
  try {
    const { stdout } = await execa("npm", ["pack", "--json", "--pack-destination", folder], { cwd: root });
    const listed = JSON.parse(stdout) as unknown;
    const [packed] = (Array.isArray(listed) ? listed : Object.values(listed as object)) as [
      { readonly files: readonly { readonly path: string }[] },
    ];
    const paths = packed.files.map(({ path }) => path);
    expect(paths).toContain("dist/src/cli/main.js");
    expect(paths).toContain("dist/src/run/worker.js");
    expect(paths).toContain("dist/suites/orvieto2021/vanishing.suite.js");
    expect(paths.filter((path) => /\.test\.|fixtures/.test(path))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
