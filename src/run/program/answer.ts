import { KEPT } from "../../claim/origin/origin.ts";

/** One line that a program wrote. */
export type Answer =
  | { readonly replicate: number; readonly values: readonly number[] }
  /** The program cannot do this here: no such device, no such library. */
  | { readonly unsupported: string }
  | { readonly wrong: string }
  /** Not an answer: what it wants to tell. */
  | { readonly progress: string };

/** Measures in the order of their columns, and whether a replicate may be lost. */
export interface Answering {
  readonly measures: readonly string[];
  readonly mayLose: boolean;
}

/** Characters of a line that are shown. */
const SHOWN = 120;

/** What a line says. A line that does not begin with a brace is progress; one that does is an answer, right or wrong. */
export function parseAnswer(line: string, asked: Answering): Answer {
  const text = line.trim();
  if (!text.startsWith("{")) return { progress: text };
  const value = jsonOf(text);
  if (typeof value !== "object" || value === null) return wrong("a line of JSON is required, got", text);
  const fields = value as Readonly<Record<string, unknown>>;
  if (typeof fields["unsupported"] === "string") return { unsupported: fields["unsupported"] };
  const { replicate } = fields;
  if (typeof replicate !== "number" || !Number.isSafeInteger(replicate)) {
    return wrong("an answer requires the number of its replicate, got", text);
  }
  if ("lost" in fields) return lostAnswer(replicate, fields["lost"], asked);
  const { measures } = asked;
  const values = measures.map((measure) => (measure === KEPT && asked.mayLose ? 1 : numberOf(fields[measure])));
  const at = values.findIndex((number) => number === undefined || Number.isNaN(number));
  if (at < 0) return { replicate, values: values as number[] };
  const found = values[at] === undefined ? (fields[measures[at]!] ?? "nothing") : "NaN";
  return { wrong: `measure ${measures[at]} of replicate ${replicate} requires a number, got ${shown(found)}` };
}

function lostAnswer(replicate: number, why: unknown, { measures, mayLose }: Answering): Answer {
  if (mayLose) return { replicate, values: measures.map(() => 0) };
  return {
    wrong: `replicate ${replicate} was lost (${shown(why)}) and the experiment declares no rate of lost ones`,
  };
}

/** JSON has no infinities: Python's words for them and texts are read too. */
function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (value === "Infinity") return Number.POSITIVE_INFINITY;
  if (value === "-Infinity") return Number.NEGATIVE_INFINITY;
  return value === "NaN" ? Number.NaN : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // what Python's json writes for numbers that JSON has not
    const quoted = text.replace(/(?<=[:\s])(NaN|-?Infinity)(?=\s*[,}])/g, '"$1"');
    try {
      return JSON.parse(quoted);
    } catch {
      return undefined;
    }
  }
}

function wrong(required: string, text: string): Answer {
  return { wrong: `${required} ${shown(text)}` };
}

function shown(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
