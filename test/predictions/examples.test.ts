import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { ALL_KINDS } from "../../src/predictions/kinds.ts";
import { blocksOf, DOCS, type ExamplesProject, examplesProject } from "./examples-project.ts";

const pages = readdirSync(DOCS).filter((name) => name.endsWith(".md") && name !== "README.md");
let project: ExamplesProject;

beforeAll(async () => {
  project = await examplesProject();
}, 120_000);

describe.each(pages)("docs/predictions/%s", (page) => {
  test("has an example, and each comes to the verdict that stands below it", () => {
    const own = project.examples.get(page)!;
    expect(own.length).toBeGreaterThan(0);
    const found = own.map(({ id }) => {
      const [claimed] = project.result.evidence.claims.find((claim) => claim.id === id)!.arms;
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
