import { ByteWriter, ParquetWriter, schemaFromColumnData } from "hyparquet-writer";
import { type ExportKind, type ExportTable, type ExportValue, valueAt } from "./table.ts";

/** Rows a row group: enough for columns to compress well, few enough to hold in memory. */
const GROUP_ROWS = 65_536;

const TYPES = { text: "STRING", number: "DOUBLE", count: "INT32", flag: "BOOLEAN" } as const;

/**
 * Parquet with one row group for some ten thousand rows; every float64 is kept bit by bit, and null is null. `about` goes into
 * the file's key-value metadata.
 */
export async function* parquetBytes(
  { columns, batches }: ExportTable,
  about: Readonly<Record<string, string>>,
): AsyncGenerator<Uint8Array> {
  const sourceOf = ({ name, kind }: { readonly name: string; readonly kind: ExportKind }, data: ExportValue[]) => {
    // a dictionary would take -0 and 0 for the same value
    const encoding = kind === "number" ? ({ encoding: "PLAIN" } as const) : {};
    return { name, data, type: TYPES[kind], nullable: true, ...encoding };
  };
  const schema = schemaFromColumnData({ columnData: columns.map((column) => sourceOf(column, [])) });
  const bytes = new ByteWriter();
  const kvMetadata = Object.entries(about).map(([key, value]) => ({ key, value }));
  const parquet = new ParquetWriter({ writer: bytes, schema, kvMetadata, createdBy: "plateau" });
  let group: ExportValue[][] = columns.map(() => []);
  const writeGroup = (): Uint8Array => {
    const columnData = columns.map((column, index) => sourceOf(column, group[index]!));
    parquet.write({ columnData, rowGroupSize: GROUP_ROWS });
    group = columns.map(() => []);
    return taken(bytes);
  };
  for await (const { rows, values } of batches) {
    for (let row = 0; row < rows; row++) {
      for (const [index, column] of values.entries()) group[index]!.push(valueAt(column, row));
      if (group[0]!.length === GROUP_ROWS) yield writeGroup();
    }
  }
  if (group[0]!.length > 0) yield writeGroup();
  parquet.finish();
  yield taken(bytes);
}

/** What was written since the last call; `offset`, which the footer is made of, goes on counting. */
function taken(writer: ByteWriter): Uint8Array {
  const written = writer.getBytes().slice();
  writer.index = 0;
  return written;
}
