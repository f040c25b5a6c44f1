import { BaselineError } from "../baseline.ts";
import { textDigest } from "./claim-text.ts";
import { BASELINE_SCHEMA_VERSION, LINES, type Line } from "./line.ts";

type Kind = keyof typeof LINES;

/** The lines of a claim's file by their kind, each kind in the file's order. */
export type Lines = { readonly [K in Kind]: readonly Line<K>[] };

/**
 * Splits and checks the text of a claim's file. Throws `BaselineError`, with the line's number, for another schema, a line that
 * git left where two sides differ and whatever else is no line of a baseline; and for a text that is not what its digest says.
 */
export function parseLines(text: string, path: string): Lines {
  const lines: { [K in Kind]: Line<K>[] } = {
    schema: [],
    tier: [],
    arm: [],
    unit: [],
    cell: [],
    stream: [],
    sha256: [],
  };
  const texts = text.trimEnd().split("\n");
  for (const [index, line] of texts.entries()) {
    const where = `${path}:${index + 1}`;
    const { kind, value } = parseLine(line, where);
    if (index === 0 && kind !== "schema")
      throw new BaselineError(`baseline ${where} requires the schema, found ${kind}`);
    (lines[kind] as unknown[]).push(value);
  }
  const [claim, ...others] = lines.schema;
  if (claim === undefined || others.length > 0) throw new BaselineError(`baseline ${path} requires one claim`);
  checkDigest(text, lines.sha256, path);
  return lines;
}

function parseLine(text: string, where: string): { readonly kind: Kind; readonly value: unknown } {
  if (/^(<<<<<<<|=======|>>>>>>>|\|\|\|\|\|\|\|)( |$)/.test(text)) {
    throw new BaselineError(
      `baseline ${where} is left from a merge of two sides, needed one: accept a result of its claim`,
    );
  }
  const json = jsonOf(text, where);
  const kind = Object.keys(json)[0] ?? "";
  if (!isKind(kind))
    throw new BaselineError(
      `baseline ${where} requires ${Object.keys(LINES).join(", ")} first, found ${kind || "nothing"}`,
    );
  if (kind === "schema") checkSchema((json as { readonly schema: unknown }).schema, where);
  const parsed = LINES[kind].safeParse(json);
  if (parsed.success) return { kind, value: parsed.data };
  const issue = parsed.error.issues[0];
  throw new BaselineError(`baseline ${where} is invalid at ${issue?.path.join(".") || "its top"}: ${issue?.message}`);
}

function jsonOf(text: string, where: string): object {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === "object" && json !== null) return json;
  } catch {
    // said below, as of JSON that is no object
  }
  throw new BaselineError(`baseline ${where} requires a JSON object, found ${JSON.stringify(text.slice(0, 40))}`);
}

function isKind(name: string): name is Kind {
  return Object.hasOwn(LINES, name);
}

function checkSchema(schema: unknown, where: string): void {
  if (schema === BASELINE_SCHEMA_VERSION) return;
  const found = `baseline ${where} has schema ${JSON.stringify(schema)}, needed ${BASELINE_SCHEMA_VERSION}`;
  throw new BaselineError(found, { otherSchema: true });
}

function checkDigest(text: string, ends: Lines["sha256"], path: string): void {
  const last = text.lastIndexOf('{"sha256"');
  const [end, ...others] = ends;
  if (end === undefined || others.length > 0)
    throw new BaselineError(`baseline ${path} requires its digest as its last line, found none there`);
  if (textDigest(text.slice(0, last)) === end.sha256) return;
  throw new BaselineError(`baseline ${path} was edited: it is not what the digest in its last line says`);
}
