import { mkdtempSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sealed } from "../../claim/evidence/digests.ts";
import type { Result } from "../../claim/result.ts";
import { LARGEST_RESULT_BYTES, ResultFileError, readResult, resultJsonSchema, writeResult } from "./result-file.ts";

const unit = {
  label: "depth 8",
  cells: [0],
  statistic: "mean",
  predicted: 0,
  region: [-0.5, 0.5],
  rivals: [],
  level: 1e-5,
  estimate: 0.0125,
  interval: [-0.1, 0.2],
  spread: [1],
  state: "supported",
} satisfies Result["evidence"]["claims"][number]["arms"][number]["units"][number];

const cell = {
  cell: { depth: 8 },
  role: "experiment",
  experiment: "trial",
  stream: "0".repeat(32),
  replicates: 64,
  counted: 64,
  blocks: ["0123456789abcdef"],
} satisfies Result["evidence"]["claims"][number]["arms"][number]["cells"][number];

const good: Result = sealed({
  schema: 2,
  evidence: {
    tier: "smoke",
    seed: "1",
    interpreting: 1,
    suites: [{ name: "s", title: "t", errors: { falseVerdict: 1e-3, undecided: 1e-2 }, shares: 1 }],
    claims: [
      {
        ...{ id: "a/b/c", hash: "h", title: "t", statement: "s", suite: "s", share: 1, outcome: "holds" },
        source: { paper: "p@v1", at: "abstract", grade: "stated" },
        arms: [{ name: "claimed", kind: "claimed", state: "supported", looks: 1, cells: [cell], units: [unit] }],
      },
    ],
  },
  provenance: {
    ...{
      plateau: "0",
      commit: null,
      dirty: null,
      node: "v20",
      platform: "linux",
      processor: "p",
      cores: 2,
      workers: 2,
    },
    engine: { name: "reference", versions: {} },
    ...{ startedAt: "2026-01-01T00:00:00.000Z", seconds: 1.5, command: [], claimSeconds: {}, code: {}, samples: {} },
    ...{ computed: 64, found: 0 },
  },
});

const path = () => join(mkdtempSync(join(tmpdir(), "plateau-result-")), "result.json");

async function fileOf(text: string): Promise<string> {
  const file = path();
  writeFileSync(file, text);
  return file;
}

describe("a result file", () => {
  test("reads back as it was written", async () => {
    const file = path();
    await writeResult(file, good);
    expect(await readResult(file)).toEqual(good);
  });

  const whole = JSON.stringify(good, null, 1);
  test.each([
    ["empty", "", "requires JSON of a result, found an empty file"],
    ["truncated in a list", whole.slice(0, whole.indexOf('"arms"') + 9), "the file ends too early at line"],
    ["truncated in a word", whole.slice(0, whole.indexOf('"wor') + 3), "the file ends too early at line"],
    ["not JSON", "<html>", 'requires JSON, found "<" at line 1, column 1'],
    ["NaN", whole.replace("0.0125", "NaN"), 'requires JSON, found "NaN" at line '],
    [
      "of another schema version",
      whole.replace('"schema": 2', '"schema": 3'),
      "requires a result of schema version 2, found 3",
    ],
    [
      "of the version before digests",
      whole.replace('"schema": 2', '"schema": 1'),
      "is of schema version 1, made before results carried digests of their evidence, needed 2: run it again",
    ],
    ["something else in JSON", "[]", "requires a result of schema version 2, found nothing"],
    ["null", "null", "requires a result of schema version 2, found nothing"],
    [
      "of a wrong type somewhere",
      whole.replace('"looks": 1', '"looks": "one"'),
      'is not a result: evidence.claims.0.arms.0.looks requires number, found "one"',
    ],
    ["without a field", whole.replace('"seed": "1",', ""), "evidence.seed requires string, found nothing"],
    [
      "with a state that does not exist",
      whole.replace('"outcome": "holds"', '"outcome": "passes"'),
      'evidence.claims.0.outcome requires one of holds, fails, undecided, crashed, timed-out, skipped, found "passes"',
    ],
    [
      "with a field that nobody knows",
      whole.replace('"tier"', '"extra": 1, "tier"'),
      "evidence has the unknown field extra",
    ],
    [
      "with a claim's id that leads out of a folder",
      whole.replaceAll('"a/b/c"', '"../../victim"'),
      "evidence.claims.0.id requires a claim's id: paper/topic/concept",
    ],
    [
      "nested deeper than any result",
      whole.replace('"tier": "smoke"', `"tier": ${"[".repeat(5000)}${"]".repeat(5000)}`),
      "requires nesting of at most 20, found 500",
    ],
    ["edited in its evidence", whole.replace("0.0125", "0.0126"), "its evidence was edited or damaged"],
    ["edited in its provenance", whole.replace("1.5", "2.5"), "its provenance was edited or damaged"],
    [
      "edited in its index of samples",
      whole.replace(
        '"samples": {}',
        `"samples": {"${"0".repeat(32)}":{"digest":"${"0".repeat(64)}","measures":[],"replicates":0}}`,
      ),
      "its index of samples was edited or damaged",
    ],
    ["with an infinite number", whole.replace("0.0125", "1e999"), "estimate requires number, found Infinity"],
  ])("that is %s is refused, saying what was found and what was needed", async (_, text, message) => {
    const file = await fileOf(text);
    const reading = readResult(file);
    await expect(reading).rejects.toThrow(ResultFileError);
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toThrow(file);
  });

  test("that is missing, or a folder, is refused in words", async () => {
    const missing = path();
    await expect(readResult(missing)).rejects.toThrow(`result file ${missing} cannot be read: it does not exist`);
    await expect(readResult(tmpdir())).rejects.toThrow("it is a directory");
  });

  test("that is too large is refused before it is read", async () => {
    const file = await fileOf("{");
    truncateSync(file, LARGEST_RESULT_BYTES + 1);
    await expect(readResult(file)).rejects.toThrow(`needed at most ${LARGEST_RESULT_BYTES}`);
  });

  test("is not written with a number that JSON does not have", async () => {
    const nan = { ...good, provenance: { ...good.provenance, seconds: Number.NaN } };
    await expect(writeResult(path(), nan)).rejects.toThrow("provenance.seconds requires number, found NaN");
  });

  test("that cannot be written is refused in words", async () => {
    await expect(writeResult("/dev/null/result.json", good)).rejects.toThrow("cannot be written: a part of the path");
  });
});

test("the committed JSON Schema is the one of the code: node scripts/write-schemas.mjs after a build", () => {
  const committed = readFileSync(new URL("../../../schemas/result.schema.json", import.meta.url), "utf8");
  expect(JSON.parse(committed)).toEqual(JSON.parse(JSON.stringify(resultJsonSchema())));
});
