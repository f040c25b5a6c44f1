import { z } from "zod";
import { digestsOf } from "../../claim/evidence/digests.ts";
import { type Evidence, RESULT_SCHEMA_VERSION, type Result, result } from "../../claim/result.ts";
import { contradictionIn } from "../decide/check-verdicts.ts";
import { fileProblem, writeAtomically } from "./atomic-file.ts";
import { fitted, type Mismatch } from "./first-mismatch.ts";
import { depthOf, MOST_DEPTH } from "./json-depth.ts";
import { readRegular } from "./read-regular.ts";

/** A result file that cannot be read, believed or written. */
export class ResultFileError extends Error {
  override readonly name = "ResultFileError";
}

/** Far more than both suites at the deep tier; a file beyond it is not a result. */
export const LARGEST_RESULT_BYTES = 256 * 2 ** 20;

/** JSON Schema of `result.json`, as committed in `schemas/`. */
export function resultJsonSchema(): Record<string, unknown> {
  return {
    title: "plateau result",
    description: `Result of a run, schema version ${RESULT_SCHEMA_VERSION}: evidence (equal bytes for equal code, seed, tier and claims) and provenance (all the rest).`,
    ...z.toJSONSchema(result),
  };
}

/** Writes a result whole or not at all, after checking it. Throws `ResultFileError`. */
export async function writeResult(path: string, value: Result): Promise<void> {
  return writeChecked(path, value, result);
}

/** Writes a value of a schema as JSON, whole or not at all. Throws `ResultFileError`. */
export async function writeChecked<T>(path: string, value: T, schema: z.ZodType<T>): Promise<void> {
  const text = `${JSON.stringify(parseAs(schema, value, path), null, 1)}\n`;
  try {
    await writeAtomically(path, text);
  } catch (error) {
    throw new ResultFileError(`result file ${path} cannot be written: ${fileProblem(error)}`, { cause: error });
  }
}

/**
 * Reads a result and checks its schema, its digests, and that its verdicts follow from its intervals. Throws `ResultFileError`
 * that says what was found, where, and what was needed.
 */
export async function readResult(path: string): Promise<Result> {
  const { value, text } = await readVersioned(path);
  if (typeof value === "object" && value !== null && "shard" in value) {
    const { index, count } = (value.shard ?? {}) as { readonly index?: unknown; readonly count?: unknown };
    throw new ResultFileError(
      `${path} is shard ${describe(index)} of ${describe(count)}, needed a whole run: plateau merge puts the shards together`,
    );
  }
  return checkBound(parseAs(result, value, path, text), path);
}

/** A result or a shard, if it is what its digests say and its verdicts follow from its intervals. Throws `ResultFileError`. */
export function checkBound<R extends Result>(bound: R, path: string): R {
  const problem = unboundIn(bound);
  if (problem !== undefined) throw new ResultFileError(`${path} is not to be believed: ${problem}`);
  return bound;
}

/** What speaks against a result that fits its schema, in words: an edited part, or a verdict that does not follow. */
export function unboundIn(bound: Result): string | undefined {
  const due = digestsOf(bound);
  for (const part of ["evidence", "samples", "rest"] as const) {
    if (bound.digests[part] === due[part]) continue;
    const words = { evidence: "evidence", samples: "index of samples", rest: "provenance" }[part];
    return `its ${words} was edited or damaged, their digest is another than the file says`;
  }
  return contradictionIn(bound.evidence);
}

/** Reads JSON of this version's schema, whatever else it is, and gives its text as well. Throws `ResultFileError`. */
export async function readVersioned(path: string): Promise<{ readonly value: unknown; readonly text: string }> {
  const text = await readText(path);
  if (text.trim() === "") throw new ResultFileError(`${path} requires JSON of a result, found an empty file`);
  const depth = depthOf(text);
  if (depth > MOST_DEPTH)
    throw new ResultFileError(`${path} requires nesting of at most ${MOST_DEPTH}, found ${depth}`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ResultFileError(`${path} requires JSON, ${jsonProblem(text, error as Error)}`, { cause: error });
  }
  const schema = (value as { readonly schema?: unknown } | null)?.schema;
  if (schema === 1) {
    throw new ResultFileError(
      `${path} is of schema version 1, made before results carried digests of their evidence, needed ${RESULT_SCHEMA_VERSION}: run it again, samples that are in the store are found`,
    );
  }
  if (schema !== RESULT_SCHEMA_VERSION) {
    throw new ResultFileError(
      `${path} requires a result of schema version ${RESULT_SCHEMA_VERSION}, found ${describe(schema)}`,
    );
  }
  return { value, text };
}

/** Evidence as text: what promises about equal bytes are about. */
export function evidenceText(evidence: Evidence): string {
  return JSON.stringify(evidence, null, 1);
}

async function readText(path: string): Promise<string> {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await readRegular(path, LARGEST_RESULT_BYTES));
  } catch (error) {
    if (error instanceof TypeError)
      throw new ResultFileError(`${path} requires UTF-8, found other bytes`, { cause: error });
    throw new ResultFileError(`result file ${path} cannot be read: ${fileProblem(error)}`, { cause: error });
  }
}

/**
 * Checks a value, parsed from `text` where it was read, against a schema. Throws `ResultFileError` that names the first
 * place that differs.
 */
export function parseAs<T>(schema: z.ZodType<T>, value: unknown, path: string, text = ""): T {
  const found = fitted(schema, value, text);
  if ("data" in found) return found.data;
  throw new ResultFileError(`${path} is not a result: ${issueText(found.mismatch, value)}`);
}

function issueText(issue: Mismatch, value: unknown): string {
  const place = issue.path.length === 0 ? "the whole file" : issue.path.map(String).join(".");
  if (issue.code === "unrecognized_keys") return `${place} has the unknown field ${issue.keys.join(", ")}`;
  const found = issue.path.reduce<unknown>(
    (at, key) => (Object.hasOwn(Object(at), key) ? (at as { readonly [key: PropertyKey]: unknown })[key] : undefined),
    value,
  );
  return `${place} requires ${neededFor(issue)}, found ${describe(found)}`;
}

function neededFor(issue: Mismatch): string {
  if (issue.code === "invalid_type") return issue.expected;
  if (issue.code === "invalid_value") return `one of ${issue.values.map(String).join(", ")}`;
  return issue.message.replace(/^Invalid input: /, "").toLowerCase();
}

function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "number") return String(value);
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** Where JSON breaks. V8 gives a position for some errors only; the others are tokens that JSON does not have. */
function jsonProblem(text: string, error: Error): string {
  const at = Number(/position (\d+)/.exec(error.message)?.[1] ?? firstBadToken(text));
  const before = text.slice(0, at).split("\n");
  const place = `line ${before.length}, column ${before.at(-1)!.length + 1}`;
  if (at >= text.trimEnd().length) return `the file ends too early at ${place}`;
  return `found ${JSON.stringify(/^\w+|./su.exec(text.slice(at, at + 20))![0])} at ${place}`;
}

function firstBadToken(text: string): number {
  const token = /\s+|[{}[\],:]|"(?:[^"\\\n]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
  let at = 0;
  while (at < text.length && token.test(text)) at = token.lastIndex;
  const unfinishedString = text[at] === '"';
  return unfinishedString ? text.length : at;
}
