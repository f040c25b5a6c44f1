import fc from "fast-check";
import { parquetReadObjects } from "hyparquet";
import { describe, expect, test } from "vitest";
import type { ClaimEvidence, Evidence } from "../claim/result.ts";
import { csvText } from "./csv.ts";
import { evidenceTable } from "./evidence.ts";
import { jsonText } from "./json.ts";
import { parquetBytes } from "./parquet.ts";
import { samplesTable } from "./samples.ts";
import { claimsNamed, type ExportTable, type ExportValue, valueAt } from "./table.ts";

type Row = Readonly<Record<string, unknown>>;

async function joined(pieces: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const piece of pieces) text += piece;
  return text;
}

async function readParquet(table: ExportTable): Promise<readonly Row[]> {
  const pieces: Uint8Array[] = [];
  for await (const piece of parquetBytes(table, { seed: "1" })) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  return parquetReadObjects({ file });
}

/** RFC 4180 by its grammar, apart from the writer: null for an empty field, text for a quoted one. */
function parseCsv(text: string): readonly (readonly (string | null)[])[] {
  const rows: (string | null)[][] = [];
  let row: (string | null)[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\n)/y;
  for (let match = field.exec(text); match !== null; match = field.exec(text)) {
    row.push(match[1] === undefined ? match[2] || null : match[1].replaceAll('""', '"'));
    if (match[3] === "\n") {
      rows.push(row);
      row = [];
    }
    if (field.lastIndex === text.length) break;
  }
  return rows;
}

const SPECIAL = [0, -0, 1, -1.5, 0.1, 1 / 3, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 2 ** 53 + 2];
const NOT_FINITE = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN];

/** A column of each kind; `numbers` repeated, so that a dictionary would pay. */
function tableOf(numbers: readonly number[], texts: readonly string[]): ExportTable & { readonly rows: number } {
  const rows = numbers.length;
  return {
    rows,
    columns: [
      { name: "number", kind: "number" },
      { name: "maybe", kind: "number" },
      { name: "text, quoted", kind: "text" },
      { name: "count", kind: "count" },
      { name: "flag", kind: "flag" },
      { name: "same", kind: "text" },
    ],
    batches: [
      {
        rows,
        values: [
          Float64Array.from(numbers),
          numbers.map((number, at) => (at % 2 === 0 ? number : null)),
          numbers.map((_, at) => texts[at % texts.length] ?? null),
          Uint32Array.from(numbers, (_, at) => at),
          numbers.map((_, at) => at % 3 === 0),
          "shared",
        ],
      },
    ],
  };
}

function cellsOf({ columns, batches }: ExportTable): readonly (readonly ExportValue[])[] {
  const [batch] = [...(batches as Iterable<Parameters<typeof valueAt>[0] & { rows: number; values: [] }>)];
  const { rows, values } = batch as unknown as { rows: number; values: readonly Parameters<typeof valueAt>[0][] };
  return Array.from({ length: rows }, (_, row) => columns.map((_column, at) => valueAt(values[at]!, row)));
}

/** Bit for bit: `Object.is` tells -0 from 0 and knows NaN. */
function expectSame(found: unknown, wanted: ExportValue, name: string): void {
  expect(Object.is(found ?? null, wanted), `${name}: ${String(found)} for ${String(wanted)}`).toBe(true);
}

const numbers = fc.array(fc.oneof(fc.double(), fc.constantFrom(...SPECIAL, ...NOT_FINITE)), {
  minLength: 1,
  maxLength: 40,
});
// texts as a result may hold them; a formula's apostrophe is tested apart, and a lone surrogate is in no UTF-8 file
const texts = fc
  .array(
    fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("", " ", 'a "b"', "a,b", "a\nb", "a\r\nb", "null", "1")),
    { minLength: 1, maxLength: 8 },
  )
  .map((all) => all.map((text) => text.replace(/^[=+\-@\t\r]+/, "")));

describe("what is exported reads back the same", () => {
  test("from Parquet by another reader, bit for bit", async () => {
    await fc.assert(
      fc.asyncProperty(numbers, texts, async (some, words) => {
        const table = tableOf([...some, ...some, ...some], words);
        const rows = await readParquet(table);
        expect(rows).toHaveLength(table.rows);
        cellsOf(table).forEach((row, at) => {
          table.columns.forEach(({ name }, column) => {
            expectSame(rows[at]![name], row[column]!, name);
          });
        });
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  test("from Parquet in several row groups", async () => {
    const long = tableOf(
      Array.from({ length: 150_000 }, (_, at) => (at % 7 === 0 ? -0 : at / 3)),
      ["a", "b"],
    );
    const rows = await readParquet(long);
    expect(rows).toHaveLength(150_000);
    const wrong = rows.findIndex(
      (row, at) => !Object.is(row["number"], at % 7 === 0 ? -0 : at / 3) || row["count"] !== at,
    );
    expect(wrong).toBe(-1);
  });

  test("from CSV", async () => {
    await fc.assert(
      fc.asyncProperty(numbers, texts, async (some, words) => {
        const table = tableOf(some, words);
        const [head, ...rows] = parseCsv(await joined(csvText(table)));
        expect(head).toEqual(table.columns.map(({ name }) => name));
        cellsOf(table).forEach((row, at) => {
          table.columns.forEach(({ name, kind }, column) => {
            const field = rows[at]![column] ?? null;
            const value =
              kind === "text" || field === null ? field : kind === "flag" ? field === "true" : Number(field);
            expectSame(value, row[column]!, name);
          });
        });
      }),
      { numRuns: 200, seed: 2 },
    );
  });

  test("from JSON, where what is not finite is its name", async () => {
    await fc.assert(
      fc.asyncProperty(numbers, texts, async (some, words) => {
        const table = tableOf(some, words);
        const rows = JSON.parse(await joined(jsonText(table))) as Row[];
        cellsOf(table).forEach((row, at) => {
          table.columns.forEach(({ name, kind }, column) => {
            const field = rows[at]![name];
            expectSame(kind === "number" && typeof field === "string" ? Number(field) : field, row[column]!, name);
          });
        });
      }),
      { numRuns: 200, seed: 3 },
    );
  });

  test("from a table without rows", async () => {
    const table: ExportTable = { columns: [{ name: "a", kind: "number" }], batches: [] };
    expect(await joined(csvText(table))).toBe("a\n");
    expect(JSON.parse(await joined(jsonText(table)))).toEqual([]);
    expect(await readParquet(table)).toEqual([]);
  });
});

test("numbers that are special are written as other programs read them", async () => {
  const table: ExportTable = {
    columns: [{ name: "x", kind: "number" }],
    batches: [{ rows: 5, values: [[-0, ...NOT_FINITE, null]] }],
  };
  expect(await joined(csvText(table))).toBe("x\n-0\nInfinity\n-Infinity\nNaN\n\n");
  expect(await joined(jsonText(table))).toBe(
    '[\n{"x":-0},\n{"x":"Infinity"},\n{"x":"-Infinity"},\n{"x":"NaN"},\n{"x":null}\n]\n',
  );
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx"])("%j is no formula in a spreadsheet", async (text) => {
  const table: ExportTable = { columns: [{ name: "t", kind: "text" }], batches: [{ rows: 1, values: [text] }] };
  expect(await joined(csvText(table))).toBe(`t\n'${text}\n`);
});

const unit = {
  ...{ label: "all", statistic: "slope", predicted: 1, rivals: [0], level: 1e-5, estimate: 1.25 },
  region: [0.5, null] as [number, null],
  interval: [1.125, null] as [number, null],
  spread: [2, 3],
  state: "supported" as const,
};
const cell = (depth: number, stream: string) => ({
  cell: { depth, init: "he" },
  ...{ role: "experiment" as const, experiment: "e", stream, replicates: 2, counted: 1, blocks: [] },
});
const claim: ClaimEvidence = {
  ...{ id: "p/t/one", hash: "h", title: "t", statement: "s", suite: "demo", share: 0.5, outcome: "crashed" },
  source: { paper: "p@v1", at: "abstract", grade: "derived" },
  arms: [
    {
      ...{ name: "claimed", kind: "claimed", state: "supported", looks: 1 },
      cells: [cell(4, "s4"), cell(8, "s8")],
      units: [
        { ...unit, cells: [0, 1] },
        { ...unit, label: "depth 8", cells: [1], wouldNeed: [64] },
      ],
    },
    {
      name: "broken",
      kind: "control",
      state: "crashed",
      reason: "it throws",
      looks: 1,
      cells: [{ ...cell(4, "b"), replicates: 0 }],
      units: [],
    },
  ],
};
const evidence: Evidence = { tier: "smoke", seed: "1", interpreting: 1, suites: [], claims: [claim] };

test("evidence has a row for each question, and one for an arm that could not be judged", async () => {
  const rows = JSON.parse(await joined(jsonText(evidenceTable(evidence, evidence.claims)))) as Row[];
  expect(rows).toMatchObject([
    {
      unit: "all",
      cell_depth: null,
      cell_init: "he",
      cells: '[{"depth":4,"init":"he"},{"depth":8,"init":"he"}]',
      replicates: 4,
      counted: 2,
    },
    {
      unit: "depth 8",
      cell_depth: 8,
      replicates: 2,
      would_need: "[64]",
      estimate: 1.25,
      region_high: null,
      spread: "[2,3]",
    },
    {
      unit: null,
      arm: "broken",
      arm_state: "crashed",
      reason: "it throws",
      estimate: null,
      cell_depth: 4,
      replicates: 0,
    },
  ]);
});

describe("samples", () => {
  const entries = {
    s4: { digest: "a", measures: ["x", "y"], replicates: 3 },
    s8: { digest: "b", measures: ["x"], replicates: 2 },
  };
  const read = async ({ digest }: { readonly digest: string }) => {
    const columns =
      digest === "a"
        ? [
            [1, -0, 9],
            [Number.NEGATIVE_INFINITY, 5, 9],
          ]
        : [[6, 7]];
    return { count: columns[0]!.length, columns: columns.map((column) => Float64Array.from(column)) };
  };

  test("have a row for each replicate that the claim took, and null for a measure of another experiment", async () => {
    const table = samplesTable(evidence.claims, entries, read);
    expect(await joined(csvText(table))).toBe(
      [
        "claim,arm,arm_kind,role,experiment,stream,cell_depth,cell_init,replicate,measure_x,measure_y",
        "p/t/one,claimed,claimed,experiment,e,s4,4,he,0,1,-Infinity",
        "p/t/one,claimed,claimed,experiment,e,s4,4,he,1,-0,5",
        "p/t/one,claimed,claimed,experiment,e,s8,8,he,0,6,",
        "p/t/one,claimed,claimed,experiment,e,s8,8,he,1,7,",
        "",
      ].join("\n"),
    );
  });

  test("that the result does not name are an error that says where", () => {
    expect(() => samplesTable(evidence.claims, { s4: entries.s4 }, read)).toThrow(
      "export --samples needs 2 replicates of p/t/one, arm claimed, the result names none",
    );
  });
});

test("claims are found by id or a unique ending, and an unknown one is refused", () => {
  expect(claimsNamed(evidence, ["one"])).toEqual([claim]);
  expect(claimsNamed(evidence, [])).toEqual([claim]);
  expect(() => claimsNamed(evidence, ["two"])).toThrow("found 0 called two");
});
