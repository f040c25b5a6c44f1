import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { uncommittedCode } from "./committed-code.ts";

/** A project in a folder of its repository: a source with its build output, and kernels with a binary. */
async function project() {
  const top = mkdtempSync(join(tmpdir(), "plateau-committed-"));
  const git = (...words: readonly string[]) =>
    execa("git", ["-C", top, "-c", "user.name=test", "-c", "user.email=test@example.org", ...words]);
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(top, name)), { recursive: true });
    writeFileSync(join(top, name), text);
  };
  write(".gitignore", "dist/\n");
  write("paper/suites/noise.ts", "export const x: number = 1;\n");
  write("paper/kernels/add.c", "int add;\n");
  write("paper/package-lock.json", "{}");
  await git("init", "-q");
  await git("add", "-A");
  await git("commit", "-q", "-m", "code");
  write("paper/dist/suites/noise.js", "export const x = 1;\n");
  write("paper/dist/kernels/build/all.wasm", "wasm");
  const { stdout: commit } = await git("rev-parse", "HEAD");
  const files = ["paper/dist/suites/noise.js", "paper/dist/kernels/build/all.wasm"].map((name) => join(top, name));
  const ask = (more: readonly string[] = [], of = commit) =>
    uncommittedCode(join(top, "paper"), { commit: of, files: [...files, ...more] });
  return { top, git, write, ask };
}

describe("code that was built is as committed", () => {
  test("where its sources are", async () => expect(await (await project()).ask()).toBeUndefined());

  test("where some of it was bundled of packages, for which the lock answers", async () => {
    const { top, git, write, ask } = await project();
    write("paper/dist/vendor/@scope/digamma.js", "bundled");
    const bundled = [join(top, "paper/dist/vendor/@scope/digamma.js")];
    expect(await ask(bundled)).toBeUndefined();
    write("paper/package-lock.json", "other");
    await git("commit", "-q", "-am", "another version");
    write("paper/dist/suites/noise.js", "built anew");
    write("paper/dist/kernels/build/all.wasm", "built anew");
    expect(await ask(bundled)).toBe("paper/package-lock.json changed since");
  });

  test("but not where its source is younger than it", async () => {
    const { top, ask } = await project();
    const later = new Date(Date.now() + 60_000);
    utimesSync(join(top, "paper/suites/noise.ts"), later, later);
    expect(await ask()).toMatch(
      /dist\/suites\/noise\.js is older than paper\/suites\/noise\.ts: it was not built since/,
    );
  });

  test.each([
    ["the source", "paper/suites/noise.ts"],
    ["a file of the binary's folder", "paper/kernels/add.c"],
    ["the lock of packages", "paper/package-lock.json"],
  ])("but not where %s changed since", async (_, name) => {
    const { git, write, ask } = await project();
    write(name, "other");
    await git("commit", "-q", "-am", "change");
    write("paper/dist/suites/noise.js", "built anew");
    write("paper/dist/kernels/build/all.wasm", "built anew");
    expect(await ask()).toBe(`${name} changed since`);
  });

  test("but not where an edit is hidden from git's status", async () => {
    const { git, write, ask } = await project();
    await git("update-index", "--assume-unchanged", "paper/kernels/add.c");
    write("paper/kernels/add.c", "other");
    write("paper/dist/kernels/build/all.wasm", "built anew");
    expect(await ask()).toBe("paper/kernels/add.c is not as it was committed");
  });

  test("but not where nothing that is committed is its source, or the commit is unknown", async () => {
    const { top, write, ask } = await project();
    write("paper/dist/gone.js", "");
    expect(await ask([join(top, "paper/dist/gone.js")])).toBe("paper/dist/gone.js is in no commit");
    expect(await ask([], "0".repeat(40))).toBe("a commit that is not here");
  });
});
