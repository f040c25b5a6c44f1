import { csvText } from "../../../../src/export/csv.ts";
import type { ExportColumn, ExportTable } from "../../../../src/export/table.ts";
import type { AcrossPicture, Picture } from "../../../browser/picture/picture-data.ts";

type Row = Readonly<Record<string, string | number | null>>;

/** The numbers of a picture, a row a mark: what a reader needs to draw it with another program. */
export async function pictureCsv(picture: Picture): Promise<string> {
  const pieces: string[] = [];
  for await (const piece of csvText(tableOf(rowsOf(picture)))) pieces.push(piece);
  return pieces.join("");
}

function rowsOf(picture: Picture): readonly Row[] {
  switch (picture.form) {
    case "across":
      return [
        ...picture.series.flatMap(({ name, points }) => points.flatMap((point) => acrossRows(name, point))),
        ...curveRows(picture),
        ...(picture.further ?? []).flatMap((one) =>
          rowsOf(one).map((row) => ({ ...row, series: `${one.up.words}, ${row["series"]}` })),
        ),
      ];
    case "pairs":
      return [
        ...picture.series.flatMap(({ name, cell, pairs }) =>
          pairs.map(([x, y]) => ({ series: name, cell, mark: "observation", x, y })),
        ),
        ...curveRows(picture),
      ];
    case "law":
      return picture.bins.flatMap(({ low, high }, at) => [
        ...picture.laws.map((law) => ({ series: "predicted", mark: "share", low, high, y: law[at]! })),
        ...picture.series.map(({ name, shares }) => ({
          series: name,
          mark: "share",
          low,
          high,
          y: shares[at]!,
        })),
      ]);
    case "survival":
      return [
        ...picture.series.flatMap(({ name, cell, count, steps }) =>
          steps.map(([x, y, low, high]) => ({
            series: name,
            cell,
            mark: LEFT[picture.beyond],
            x,
            y,
            low,
            high,
            replicates: count,
          })),
        ),
        ...curveRows(picture),
      ];
  }
}

function curveRows({ theory, rivals }: Pick<AcrossPicture, "theory" | "rivals">): readonly Row[] {
  return [...theory, ...rivals].flatMap(({ name, points }) =>
    points.map(({ x, y, low, high }) => ({ series: name, mark: "curve", x, y, low, high })),
  );
}

/** What a point of a curve says: the part that is left at a time, the share above a threshold. */
const LEFT = { "longer than": "left", above: "above" } as const;

type AcrossPoint = Extract<Picture, { form: "across" }>["series"][number]["points"][number];

function acrossRows(
  series: string,
  { x, cell, count, values, quantiles, middle, interval }: AcrossPoint,
): readonly Row[] {
  const own = { series, cell, x };
  return [
    { ...own, mark: "judged", y: middle, low: interval[0], high: interval[1], replicates: count },
    ...[0.05, 0.25, 0.5, 0.75, 0.95].map((share, at) => ({
      ...own,
      mark: `quantile ${share}`,
      y: quantiles[at] ?? null,
      replicates: count,
    })),
    ...values.map((y) => ({ ...own, mark: "observation", y })),
  ];
}

function tableOf(rows: readonly Row[]): ExportTable {
  const text = (name: string): ExportColumn => ({ name, kind: "text" });
  const number = (name: string): ExportColumn => ({ name, kind: "number" });
  const columns = [text("series"), text("mark"), text("cell"), ...["x", "y", "low", "high", "replicates"].map(number)];
  const values = columns.map(({ name }) => rows.map((row) => row[name] ?? null));
  return { columns, batches: [{ rows: rows.length, values }] };
}
