import { ExportError, type ExportTable, type ExportValue, valueAt } from "./table.ts";

/*
 * NetCDF's classic form with 64-bit offsets ("NetCDF Classic and 64-bit Offset File Formats", Unidata): a header that places each
 * variable, then their values, big-endian. Written here because the libraries of npm read it only, or are bindings to C.
 */

const TYPE = { flag: 1, character: 2, count: 4, number: 6 } as const;
const BYTES = { flag: 1, character: 1, count: 4, number: 8 } as const;
const TAG = { dimension: 10, variable: 11, attribute: 12 } as const;
const MAGIC = [0x43, 0x44, 0x46, 2] as const;

interface Variable {
  readonly name: string;
  readonly type: keyof typeof TYPE;
  /** Indices into the dimensions. */
  readonly dimensions: readonly number[];
  readonly values: ArrayLike<number>;
}

interface Dimension {
  readonly name: string;
  readonly length: number;
}

/**
 * A table as one file of the dimension `row`: a variable a column. A text is the number of one of the names in `<column>_names`; null is
 * NaN among numbers, else -1. `about` becomes the file's attributes. All of it is held in memory. Throws `ExportError` for two columns that
 * NetCDF would call alike.
 */
export async function* netcdfBytes(
  table: ExportTable,
  about: Readonly<Record<string, string>>,
): AsyncGenerator<Uint8Array> {
  const { rows, columns } = await gathered(table);
  const dimensions: Dimension[] = [{ name: "row", length: rows }];
  const variables = table.columns.flatMap(({ name, kind }, index): readonly Variable[] => {
    const own = { name: name.replaceAll(/[^A-Za-z0-9_.@+-]/g, "_"), dimensions: [0] };
    if (kind === "text") return textVariables(own, columns[index] as (string | null)[], dimensions);
    const missing = kind === "number" ? Number.NaN : -1;
    return [{ ...own, type: kind, values: columns[index]!.map((value) => (value === null ? missing : Number(value))) }];
  });
  refuseTwins(variables);
  yield headerOf(dimensions, variables, about);
  for (const { type, values } of variables) yield bytesOf(type, values);
}

async function gathered({
  columns,
  batches,
}: ExportTable): Promise<{ readonly rows: number; readonly columns: readonly ExportValue[][] }> {
  const whole = columns.map((): ExportValue[] => []);
  let rows = 0;
  for await (const batch of batches) {
    for (const [index, column] of batch.values.entries()) {
      for (let row = 0; row < batch.rows; row++) whole[index]!.push(valueAt(column, row));
    }
    rows += batch.rows;
  }
  return { rows, columns: whole };
}

/** The number of each row's text, and the texts in the order of their first rows, filled up with zeros. */
function textVariables(
  own: Pick<Variable, "name" | "dimensions">,
  texts: readonly (string | null)[],
  dimensions: Dimension[],
): readonly Variable[] {
  const numbers = new Map<string, number>();
  const rows = texts.map((text) => {
    if (text === null) return -1;
    if (!numbers.has(text)) numbers.set(text, numbers.size);
    return numbers.get(text)!;
  });
  const names = [...numbers.keys()].map((text) => new TextEncoder().encode(text));
  const length = Math.max(1, ...names.map((name) => name.length));
  // a length of 0 would stand for the file's growing dimension
  const count = Math.max(1, names.length);
  const characters = new Uint8Array(count * length);
  for (const [at, name] of names.entries()) characters.set(name, at * length);
  const place =
    dimensions.push({ name: `${own.name}_count`, length: count }, { name: `${own.name}_length`, length }) - 2;
  return [
    { ...own, type: "count", values: rows },
    { name: `${own.name}_names`, type: "character", dimensions: [place, place + 1], values: characters },
  ];
}

function refuseTwins(variables: readonly Variable[]): void {
  const names = variables.map(({ name }) => name);
  const twin = names.find((name, index) => names.indexOf(name) !== index);
  if (twin !== undefined)
    throw new ExportError(`export to NetCDF needs names of its own for all columns, found two called ${twin}`);
}

/** The header, whose length decides where the first values lie. */
function headerOf(
  dimensions: readonly Dimension[],
  variables: readonly Variable[],
  about: Readonly<Record<string, string>>,
): Uint8Array {
  const write = (first: number): Buffer => {
    let begin = first;
    return Buffer.concat([
      Buffer.from(MAGIC),
      whole(0),
      list(
        TAG.dimension,
        dimensions.map(({ name, length }) => [text(name), whole(length)]),
      ),
      list(
        TAG.attribute,
        Object.entries(about).map(([name, value]) => [text(name), whole(TYPE.character), text(value)]),
      ),
      list(
        TAG.variable,
        variables.map(({ name, type, dimensions: own, values }) => {
          const size = padded(values.length * BYTES[type]);
          const at = Buffer.alloc(8);
          at.writeBigInt64BE(BigInt(begin));
          begin += size;
          // no attributes of its own
          return [
            text(name),
            whole(own.length),
            ...own.map(whole),
            whole(0),
            whole(0),
            whole(TYPE[type]),
            whole(Math.min(size, MOST)),
            at,
          ];
        }),
      ),
    ]);
  };
  return write(write(0).length);
}

/** Where a size is larger this stands for it: readers take it from the dimensions. */
const MOST = 2 ** 32 - 1;

function list(tag: number, items: readonly (readonly Buffer[])[]): Buffer {
  return Buffer.concat([whole(items.length === 0 ? 0 : tag), whole(items.length), ...items.flat()]);
}

function whole(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** Its length in bytes, itself, and zeros up to a multiple of four. */
function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([whole(bytes.length), bytes, Buffer.alloc(padded(bytes.length) - bytes.length)]);
}

function bytesOf(type: Variable["type"], values: ArrayLike<number>): Uint8Array {
  const size = BYTES[type];
  const view = new DataView(new ArrayBuffer(padded(values.length * size)));
  for (let i = 0; i < values.length; i++) {
    if (type === "number") view.setFloat64(i * size, values[i]!);
    else if (type === "count") view.setInt32(i * size, values[i]!);
    else view.setInt8(i * size, values[i]!);
  }
  return new Uint8Array(view.buffer);
}

function padded(bytes: number): number {
  return 4 * Math.ceil(bytes / 4);
}
