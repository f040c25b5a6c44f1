import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { expect } from "vitest";
import { type Result, result as resultSchema } from "../../src/claim/result.ts";
import { plateauProcess } from "../cli/compiled.ts";
import { freshFolder } from "../cli/recording-io.ts";

/*
 * Every page of docs/predictions is a project: a fenced block with a path beside its language is that file, and "Verdict: **state**" below a
 * claim is what a run of it says. Claims are type-checked, and run alone, each with the budget of `ERRORS`, which the pages' index names.
 */

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));
/** The pages of all kinds of predictions. */
export const DOCS = new URL("../../docs/predictions/", import.meta.url);
const ERRORS = { falseVerdict: 0.05, undecided: 0.2 };
const FENCE = /^```\w+ (\S+)\n([\s\S]*?)^```\n(?:\s*Verdict: \*\*(\w+)\*\*)?/gm;

interface Block {
  readonly path: string;
  readonly text: string;
  readonly verdict: string | undefined;
}

export interface Example {
  readonly id: string;
  readonly verdict: string | undefined;
}

/** Where the pages' files are written, and where `tsc` puts the project that runs. */
interface Places {
  readonly written: string;
  readonly root: string;
}

function writePage(page: string, { written, root }: Places): readonly Example[] {
  return blocksOf(readFileSync(new URL(page, DOCS), "utf8")).flatMap(({ path, text, verdict }) => {
    const target = join(path.endsWith(".ts") ? written : root, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
    const [, id] = /^suites\/(.*)\.claim\.ts$/.exec(path) ?? [];
    return id === undefined ? [] : [{ id, verdict }];
  });
}

/** The blocks of a page that have a path. */
export function blocksOf(text: string): readonly Block[] {
  return [...text.matchAll(FENCE)].map(([, path, block, verdict]) => ({ path: path!, text: block!, verdict }));
}

function writeSuite({ id }: Example, index: number, written: string): void {
  writeFileSync(
    join(written, `suites/${id.split("/")[0]}/example-${index}.suite.ts`),
    `import { suiteOfOne } from "plateau";
import claim from "../${id}.claim.ts";
export default suiteOfOne(claim, ${JSON.stringify(ERRORS)});\n`,
  );
}

async function compile(written: string): Promise<void> {
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

/** The project that the pages are together, where it lies and what its claims came to. */
export interface ExamplesProject {
  readonly root: string;
  /** The claims of each page. */
  readonly examples: ReadonlyMap<string, readonly Example[]>;
  readonly result: Result;
}

/** Writes, compiles and runs the project, with its result in `out` below its root. */
export async function examplesProject(): Promise<ExamplesProject> {
  const written = freshFolder();
  const root = join(written, "built");
  const examples = new Map(pages.map((page) => [page, writePage(page, { written, root })]));
  for (const [index, example] of [...examples.values()].flat().entries()) writeSuite(example, index, written);
  await compile(written);
  writeFileSync(join(root, "plateau.json"), '{ "seed": "1", "because": "any" }\n');
  const words = ["run", "--root", root, "--tier", "full", "--out", join(root, "out"), "--store", join(root, "store")];
  const { stdout, stderr } = await plateauProcess(words, { cwd: root });
  expect(`${stdout}${stderr}`).not.toContain("plateau: ");
  return {
    root,
    examples,
    result: resultSchema.parse(JSON.parse(readFileSync(join(root, "out/result.json"), "utf8"))),
  };
}
