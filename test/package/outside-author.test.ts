import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { installPacked } from "./packed-package.ts";

/*
 * Plays somebody who has a paper, an empty repository and the tarball of this package, and nothing else of it. Steps build on one
 * another, as that person's day does.
 */

const root = resolve(import.meta.dirname, "../..");
const NODE_22 = join(root, "test/node-matrix/node_modules/node22/bin/node");
const CLAIM = "suites/curie1903/geometry/norm-is-kept.claim";

let project: string;

beforeAll(async () => {
  project = realpathSync(mkdtempSync(join(tmpdir(), "plateau-author-")));
  await installPacked(project);
  await git("init", "--quiet", "--initial-branch", "main");
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

interface Where {
  readonly node?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

async function plateau(words: readonly string[], where: Where = {}) {
  const { exitCode, stdout, stderr } = await started(words, where);
  return { exit: exitCode, stdout, said: `${stdout}\n${stderr}` };
}

/** A command that is still at work. */
function started(words: readonly string[], { node = process.execPath, cwd = project, env = {} }: Where = {}) {
  const main = join(project, "node_modules/plateau/dist/src/cli/main.js");
  const clean = { PLATEAU_ROOT: undefined, CI: undefined, GITHUB_ACTIONS: undefined, ...env };
  return execa(node, [main, ...words], { cwd, env: clean, reject: false });
}

async function git(...words: readonly string[]): Promise<string> {
  const author = ["-c", "user.name=Author", "-c", "user.email=author@example.org", "-c", "commit.gpgsign=false"];
  return (await execa("git", [...author, ...words], { cwd: project })).stdout;
}

async function commit(subject: string): Promise<void> {
  await git("add", "--all");
  await git("commit", "--quiet", "--message", subject);
}

function edit(path: string, from: string, to: string): void {
  const text = readFileSync(join(project, path), "utf8");
  expect(text).toContain(from);
  writeFileSync(join(project, path), text.replace(from, to));
}

/** The lines of the workflow that a person can type too, without npm's. */
async function gate(): Promise<{ readonly exit: number | undefined; readonly said: string }> {
  const lines = readFileSync(join(project, ".github/workflows/claims.yml"), "utf8");
  const steps = [...lines.matchAll(/run: npx --no -- plateau (.*)$/gm)].map(([, words]) => words!.split(" "));
  expect(steps.length).toBeGreaterThan(1);
  let said = "";
  for (const words of steps) {
    const answer = await plateau(words);
    said += answer.said;
    if (answer.exit !== 0) return { exit: answer.exit, said };
  }
  return { exit: 0, said };
}

describe("the author of another paper", () => {
  test("begins a project whose claim holds", async () => {
    const words = ["init", "curie1903", "--title", "Radioactive substances", "--language", "javascript"];
    expect(await plateau(words)).toMatchObject({ exit: 0 });
    const { exit, stdout } = await plateau(["run"]);
    expect(exit, stdout).toBe(0);
    expect(stdout).toContain("1 claim: 1 supported, 0 refuted; controls: 1 of 1 refuted");
  });

  test("has enough replicates at the full tier, and needs no other", async () => {
    expect((await plateau(["plan", "--tier", "full"])).stdout).toContain("Every arm has the replicates that it needs");
    expect(await plateau(["plan", "--tier", "deep"])).toMatchObject({
      exit: 2,
      said: expect.stringMatching(/has no tier deep/),
    });
  });

  test("accepts what was run of committed code, from a folder of the project", async () => {
    await commit("Claims");
    const cwd = join(project, "suites/curie1903");
    expect(await plateau(["run"], { cwd })).toMatchObject({ exit: 0 });
    expect(readdirSync(cwd)).not.toContain("results");
    expect(await plateau(["accept", "--reason", "first baselines"], { cwd })).toMatchObject({ exit: 0 });
    await commit("Baselines");
  });

  test("has a green gate", async () =>
    expect(await gate()).toMatchObject({ exit: 0, said: expect.stringMatching(/✓ Green: .*1 supported, 0 refuted/) }));

  test("has a red gate for a fault in the experiment, with an annotation in the claim's own file", async () => {
    edit("benchmarks/random-projection.js", "(scale / to)", "(1.5 * scale / to)");
    const { exit, said } = await gate();
    expect(exit, said).toBe(1);
    expect(said).toContain(`::error file=${CLAIM}.js,line=`);
    await git("checkout", "--quiet", "--", ".");
  });

  test("is told what changed against any commit", async () => {
    edit("benchmarks/random-projection.js", "LANES.weights", "LANES.input");
    await plateau(["run"]);
    const { exit, said } = await plateau(["compare", "--base", "HEAD"]);
    expect(exit, said).toBe(1);
    expect(said).toContain("1 with other bytes");
    await git("checkout", "--quiet", "--", ".");
  });

  test("is refused by a comparison with a base whose suites are not found", async () => {
    mkdirSync(join(project, "dist"), { recursive: true });
    const { exit, said } = await plateau(["compare", "--base", "HEAD", "--root", "dist"]);
    expect(exit, said).toBe(2);
    expect(said).toContain("needs a folder suites/, found none");
  });

  test("builds, is served and sees the pages of the paper, with nothing of another one on them", async () => {
    for (const name of ["@observablehq", "katex"]) {
      symlinkSync(join(root, "node_modules", name), join(project, "node_modules", name));
    }
    await plateau(["run"]);
    const serving = started(["dashboard", "--out", "site", "--serve", "--port", "0"]);
    const address = new Promise<string>((found) => {
      serving.stdout.on("data", (text) => {
        const [, served] = /serving at (http:\S+)/.exec(String(text)) ?? [];
        if (served !== undefined) found(served);
      });
    });
    const paper = await Promise.race([
      address.then(async (served) => (await fetch(`${served}papers/curie1903`)).text()),
      serving.then(({ stderr }) => stderr),
    ]);
    expect(paper).toContain("<title>");
    expect(paper).toContain("Radioactive substances");
    serving.kill("SIGINT");
    expect((await serving).exitCode).toBe(0);
    const pages = readdirSync(join(project, "site"), { recursive: true, encoding: "utf8" });
    expect(pages).toEqual(expect.arrayContaining(["index.html", "papers/curie1903.html"]));
    const html = pages
      .filter((path) => path.endsWith(".html"))
      .map((path) => readFileSync(join(project, "site", path), "utf8"));
    expect(html.join()).toContain("<cite>Radioactive substances</cite>");
    expect(html.join()).not.toMatch(/orvieto|2106\.03763/i);
    rmSync(join(project, "site"), { recursive: true });
  });

  test("may write the next paper's claims in TypeScript, for a Node that loads it", async () => {
    const strips = "typescript" in process.features && process.features.typescript !== false;
    const node = strips || !existsSync(NODE_22) ? process.execPath : NODE_22;
    const wanted = ["init", "bohr1913", "--language", "typescript"];
    expect(await plateau(wanted)).toMatchObject({ exit: 0 });
    const answer = await plateau(["run", "bohr1913"], { node });
    if (strips || node === NODE_22)
      expect(answer).toMatchObject({ exit: 0, said: expect.stringMatching(/1 claim: 1 supported/) });
    else expect(answer.said).toMatch(/Node 22\.18 or later loads TypeScript as it is/);
    await git("clean", "--quiet", "--force", "-d", "suites", "benchmarks");
    await git("checkout", "--quiet", "--", ".");
  });

  test("is told what to write where package.json makes .js no module", async () => {
    edit("package.json", `"type": "module"`, `"type": "commonjs"`);
    const { exit, said } = await plateau(["list"]);
    expect(exit).toBe(2);
    expect(said).toMatch(
      /cannot be loaded: .*"type": "commonjs"; write "type": "module" there, or call the files \.mjs/,
    );
    await git("checkout", "--quiet", "--", ".");
  });

  test("has a verdict on ten recorded accuracies a method, with their file and the wide budget beside it", async () => {
    const cwd = realpathSync(mkdtempSync(join(tmpdir(), "plateau-author-recorded-")));
    symlinkSync(join(project, "node_modules"), join(cwd, "node_modules"));
    const wanted = ["init", "curie1903", "--recorded", "--language", "javascript"];
    expect(await plateau(wanted, { cwd })).toMatchObject({ exit: 0 });
    const { exit, stdout } = await plateau(["run"], { cwd });
    expect(exit, stdout).toBe(0);
    expect(stdout).toContain("[recorded, without");
    expect(stdout).toMatch(/WIDE ERROR BUDGET: suite curie1903 allows a false verdict with a chance of 1\s+in\s+20/);
    const digest = createHash("sha256")
      .update(readFileSync(join(cwd, "data/accuracies.csv")))
      .digest("hex");
    expect(stdout.replace(/\s+/g, "")).toContain(digest);
    rmSync(cwd, { recursive: true });
  });

  test("has experiments that are Python programs, computed anew when their file changes", async () => {
    const cwd = realpathSync(mkdtempSync(join(tmpdir(), "plateau-author-python-")));
    symlinkSync(join(project, "node_modules"), join(cwd, "node_modules"));
    const wanted = ["init", "curie1903", "--python", "--language", "javascript"];
    expect(await plateau(wanted, { cwd })).toMatchObject({ exit: 0 });
    expect(await plateau(["ci", "setup"], { cwd })).toMatchObject({ exit: 0 });
    const env = { PATH: `${join(cwd, ".plateau/python/bin")}:${process.env["PATH"]}` };
    const supported = { exit: 0, said: expect.stringMatching(/1 claim: 1 supported[\s\S]*controls: 1 of 1 refuted/) };
    expect(await plateau(["run"], { cwd, env })).toMatchObject(supported);
    const program = join(cwd, "benchmarks/random_projection.py");
    const text = readFileSync(program, "utf8");
    expect(text).toContain("np.sqrt(scale / to)");
    writeFileSync(program, text.replace("np.sqrt(scale / to)", "np.sqrt(1.5 * scale / to)"));
    expect(await plateau(["run"], { cwd, env })).toMatchObject({ exit: 1, said: expect.stringMatching(/1 refuted/) });
    rmSync(cwd, { recursive: true });
  });
});
