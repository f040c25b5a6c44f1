import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { beforeAll, describe, expect, test } from "vitest";
import { type Evidence, result as resultSchema } from "../../src/claim/result.ts";
import { ALL_KINDS } from "../../src/predictions/kinds.ts";
import { plateauProcess } from "../cli/compiled.ts";
import { freshFolder } from "../cli/recording-io.ts";

/*
 * Every page of docs/predictions is a project: a fenced block with a path beside its language is that file, and "Verdict: **state**" below a
 * claim is what a run of it says. Claims are type-checked, and run alone, each with the budget of `ERRORS`, which the pages' index names.
 */

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));
const DOCS = new URL("../../docs/predictions/", import.meta.url);
const ERRORS = { falseVerdict: 0.05, undecided: 0.2 };
const FENCE = /^```\w+ (\S+)\n([\s\S]*?)^```\n(?:\s*Verdict: \*\*(\w+)\*\*)?/gm;

interface Block {
  readonly path: string;
  readonly text: string;
  readonly verdict: string | undefined;
}

interface Example {
  readonly id: string;
  readonly verdict: string | undefined;
}

/** Where the pages' files are written, and where `tsc` puts the project that runs. */
const written = freshFolder();
const root = join(written, "built");

function writePage(page: string): readonly Example[] {
  return blocksOf(readFileSync(new URL(page, DOCS), "utf8")).flatMap(({ path, text, verdict }) => {
    const target = join(path.endsWith(".ts") ? written : root, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
    const [, id] = /^suites\/(.*)\.claim\.ts$/.exec(path) ?? [];
    return id === undefined ? [] : [{ id, verdict }];
  });
}

function blocksOf(text: string): readonly Block[] {
  return [...text.matchAll(FENCE)].map(([, path, block, verdict]) => ({ path: path!, text: block!, verdict }));
}

function writeSuite({ id }: Example, index: number): void {
  writeFileSync(
    join(written, `suites/${id.split("/")[0]}/example-${index}.suite.ts`),
    `import { suiteOfOne } from "plateau";
import claim from "../${id}.claim.ts";
export default suiteOfOne(claim, ${JSON.stringify(ERRORS)});\n`,
  );
}

async function compile(): Promise<void> {
  mkdirSync(join(written, "node_modules"));
  symlinkSync(REPOSITORY, join(written, "node_modules/plateau"));
  writeFileSync(join(written, "package.json"), '{ "type": "module" }\n');
  const compilerOptions = {
    ...{ module: "nodenext", target: "es2023", strict: true, skipLibCheck: true, types: [] },
    ...{ rootDir: ".", outDir: "built", rewriteRelativeImportExtensions: true },
  };
  writeFileSync(join(written, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["suites"] }));
  const { stdout } = await execa(join(REPOSITORY, "node_modules/.bin/tsc"), ["-p", written], { reject: false });
  expect(stdout).toBe("");
}

const pages = readdirSync(DOCS).filter((name) => name.endsWith(".md") && name !== "README.md");
const examples = new Map(pages.map((page) => [page, writePage(page)]));
let evidence: Evidence;

beforeAll(async () => {
  [...examples.values()].flat().forEach(writeSuite);
  await compile();
  writeFileSync(join(root, "plateau.json"), '{ "seed": "1", "because": "any" }\n');
  const words = ["run", "--root", root, "--tier", "full", "--out", join(root, "out"), "--store", join(root, "store")];
  const { stdout, stderr } = await plateauProcess(words, { cwd: root });
  expect(`${stdout}${stderr}`).not.toContain("plateau: ");
  ({ evidence } = resultSchema.parse(JSON.parse(readFileSync(join(root, "out/result.json"), "utf8"))));
}, 120_000);

describe.each(pages)("docs/predictions/%s", (page) => {
  test("has an example, and each comes to the verdict that stands below it", () => {
    const own = examples.get(page)!;
    expect(own.length).toBeGreaterThan(0);
    const found = own.map(({ id }) => {
      const [claimed] = evidence.claims.find((claim) => claim.id === id)!.arms;
      return { id, verdict: claimed!.reason ?? claimed!.state };
    });
    expect(found).toEqual(own);
  });

  test("is in the index", () => expect(readFileSync(new URL("README.md", DOCS), "utf8")).toContain(`(${page})`));
});

const text = pages.map((page) => readFileSync(new URL(page, DOCS), "utf8")).join("\n");

test.each([...new Set(ALL_KINDS.flatMap(({ says, averages }) => [...Object.keys(says), ...Object.keys(averages)]))])(
  "what an author may write is on a page: %s",
  (word) => expect(text).toMatch(new RegExp(`["\`]${word}["\`]`)),
);

test("a verdict is read from the words below a block, and none where there are none", () => {
  const fence = "```";
  const page = `${fence}ts a/b.claim.ts\nx\n${fence}\n\nVerdict: **refuted** at once.\n\n${fence}csv runs.csv\ny\n${fence}\n`;
  expect(blocksOf(page)).toEqual([
    { path: "a/b.claim.ts", text: "x\n", verdict: "refuted" },
    { path: "runs.csv", text: "y\n", verdict: undefined },
  ]);
});
