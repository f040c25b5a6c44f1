import { csvText } from "../../../../src/export/csv.ts";
import type { ExportColumn } from "../../../../src/export/table.ts";
import type { PaperPicture } from "../../../browser/pictures/paper-picture.ts";

interface Row {
  readonly series: string;
  readonly x: number;
  readonly y: number | null;
  readonly low?: number | null;
  readonly high?: number | null;
  readonly value?: number | null;
}

const COLUMNS: readonly ExportColumn[] = [
  { name: "series", kind: "text" },
  ...(["x", "y", "low", "high", "value"] as const).map((name) => ({ name, kind: "number" as const })),
];

/** The numbers of a paper's picture, a row a mark. */
export async function paperPictureCsv(picture: PaperPicture): Promise<string> {
  const rows = picture.form === "heat" ? fieldsOf(picture) : pointsOf(picture);
  const values = COLUMNS.map(({ name }) => rows.map((row) => row[name as keyof Row] ?? null));
  const pieces: string[] = [];
  for await (const piece of csvText({ columns: COLUMNS, batches: [{ rows: rows.length, values }] })) pieces.push(piece);
  return pieces.join("");
}

function pointsOf({ series }: Extract<PaperPicture, { form: "lines" }>): readonly Row[] {
  return series.flatMap(({ name, points, band }) =>
    points.map(([x, y], at) => ({ series: name, x, y, low: band?.[at]?.[1] ?? null, high: band?.[at]?.[2] ?? null })),
  );
}

function fieldsOf({ xs, ys, values, lines }: Extract<PaperPicture, { form: "heat" }>): readonly Row[] {
  return [
    ...ys.flatMap((y, row) => xs.map((x, column) => ({ series: "field", x, y, value: values[row]![column]! }))),
    ...lines.flatMap(({ name, points }) => points.map(([x, y]) => ({ series: name, x, y }))),
  ];
}
