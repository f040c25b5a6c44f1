import { createHash } from "node:crypto";
import { basename, extname, join, relative, resolve } from "node:path";
import { type Row, rowsOf } from "../../claim/origin/recorded-table.ts";
import { EXIT } from "../../report/exit-code.ts";
import { sanitise } from "../../report/layout/sanitise.ts";
import { moments } from "../../statistics/moments/moments.ts";
import { defineCommand } from "../arguments/command.ts";
import { didYouMean } from "../arguments/nearest.ts";
import { UsageError } from "../errors.ts";
import { keep, recordedText } from "./recorded-file.ts";

/** Where recorded results lie in a project. */
const FOLDER = "recorded";

export default defineCommand({
  name: "import",
  summary:
    "Take results that exist into the project, to be judged without running anything, and say how to claim something of them.",
  usage: "import FILE --measure COLUMN [--cell COLUMN…] [options]",
  notes: [
    `One row a replicate. CSV and JSON (an array of objects) are copied into ${FOLDER}/ of the project, Parquet becomes JSON there. A claim's recordedExperiment reads the file; verdicts on it are shown as recorded, with the file's digest.`,
  ],
  examples: [
    { command: "import runs.csv --measure accuracy --cell method --seed seed", does: "ten seeds of each method" },
    { command: "import runs.parquet --measure loss", does: "all rows are of one cell" },
  ],
  options: {
    measure: { type: "string", multiple: true, placeholder: "COLUMN", description: "what was measured; once for each" },
    cell: {
      type: "string",
      multiple: true,
      placeholder: "COLUMN",
      description: "what tells the cells apart; once for each",
    },
    seed: { type: "string", placeholder: "COLUMN", description: "what names a replicate: twice in a cell is refused" },
  },
  positionals: { min: 1, max: 1, what: "one file" },
  run: async ({ values, positionals }, io) => {
    const source = resolve(io.cwd, positionals[0]!);
    const { name, text } = await recordedText(source);
    const rows = rowsOf(text, name);
    const measures = values.measure ?? [];
    const axes = values.cell ?? [];
    if (measures.length === 0) throw new UsageError("import needs --measure, the name of a column, once for each");
    requireColumns(rows, [...measures, ...axes, ...(values.seed === undefined ? [] : [values.seed])], name);
    const cells = cellsOf(rows, axes).map((cell) => ({
      ...cell,
      measures: measures.map((measure) => summaryOf(cell.rows, { measure, name })),
    }));
    const target = join(io.home, FOLDER, name);
    keep(target, text);
    const digest = createHash("sha256").update(text).digest("hex");
    const file = `${FOLDER}/${name}`;
    if (values.json) {
      const told = cells.map(({ where, rows: own, measures: found }) => ({
        where,
        replicates: own.length,
        measures: found,
      }));
      io.stdout(`${JSON.stringify({ file, digest, cells: told }, null, 2)}\n`);
      return EXIT.holds;
    }
    const lines = cells.map(({ where, rows: own, measures: found }) => {
      const cell = Object.entries(where).map(([axis, value]) => `${axis} ${value}`);
      const words = found.map(
        ({ measure, mean, deviation }) =>
          `${measure} ${shown(mean)} ${deviation === null ? "" : `(sd ${shown(deviation)})`}`,
      );
      return `  ${[...cell, `${own.length} replicates`, ...words].map(sanitise).join(", ")}`;
    });
    io.stdout(
      [
        `${relative(io.cwd, target) || target}, SHA-256 ${digest}`,
        ...lines,
        "",
        "An experiment for a claim:",
        "",
        experimentText({ file, axes, measures, seed: values.seed }),
        "",
      ].join("\n"),
    );
    return EXIT.holds;
  },
});

function requireColumns(rows: readonly Row[], wanted: readonly string[], name: string): void {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const missing = wanted.find((column) => !columns.includes(column));
  if (missing === undefined) return;
  throw new UsageError(
    `${name} has no column ${missing}${didYouMean(missing, columns) || `, it has ${columns.join(", ")}`}`,
  );
}

interface RecordedCell {
  readonly where: Readonly<Record<string, string>>;
  readonly rows: readonly Row[];
}

function cellsOf(rows: readonly Row[], axes: readonly string[]): readonly RecordedCell[] {
  const cells = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify(axes.map((axis) => String(row[axis])));
    cells.set(key, [...(cells.get(key) ?? []), row]);
  }
  return [...cells].map(([key, own]) => {
    const labels = JSON.parse(key) as readonly string[];
    return { where: Object.fromEntries(axes.map((axis, index) => [axis, labels[index]!])), rows: own };
  });
}

function summaryOf(rows: readonly Row[], { measure, name }: { readonly measure: string; readonly name: string }) {
  const numbers = Float64Array.from(rows, (row) => {
    const field = row[measure];
    const number = field === "" || field === null ? Number.NaN : Number(field);
    if (Number.isNaN(number))
      throw new UsageError(`${name} requires numbers in ${measure}, got ${JSON.stringify(field)}`);
    return number;
  });
  if (numbers.length === 1) return { measure, mean: numbers[0]!, deviation: null };
  const { mean, variance } = moments(numbers);
  return { measure, mean, deviation: Math.sqrt(variance) };
}

function shown(value: number): string {
  return String(Number(value.toPrecision(4)));
}

interface Snippet {
  readonly file: string;
  readonly axes: readonly string[];
  readonly measures: readonly string[];
  readonly seed: string | undefined;
}

function experimentText({ file, axes, measures, seed }: Snippet): string {
  const name = (words: string) => (/^[A-Za-z_$][\w$]*$/.test(words) ? words : JSON.stringify(words));
  return [
    `  experiment: (${axes.length === 0 ? "" : `{ ${axes.map(name).join(", ")} }`}) =>`,
    "    recordedExperiment({",
    `      name: ${JSON.stringify(basename(file, extname(file)))},`,
    "      module: import.meta.url,",
    `      file: ${JSON.stringify(file)},`,
    ...(axes.length === 0 ? [] : [`      where: { ${axes.map(name).join(", ")} },`]),
    ...(seed === undefined ? [] : [`      seed: ${JSON.stringify(seed)},`]),
    `      measures: { ${measures.map((measure) => `${name(measure)}: { kind: "bounded", range: [0, 1], description: "…" }`).join(", ")} },`,
    "    }),",
  ].join("\n");
}
