import { type Binding, type Finding, readMarker } from "./marker.ts";
import type { Syntax } from "./syntax.ts";

/** What a text binds, and the markers that cannot be read. */
export interface Found {
  readonly bindings: readonly Binding[];
  readonly findings: readonly Finding[];
}

interface Mark {
  readonly start: number;
  readonly end: number;
  /** Words of the marker; undefined where it closes. */
  readonly words?: string;
  /** What a macro prints, and whether it is generated. */
  readonly argument?: string;
  readonly generated?: boolean;
}

/**
 * Every binding of a text, in its order. A comment binds what stands between it and its closing comment; without one, what
 * stands before it on its line, or the next line where it stands alone. `place` names a line, counted from 1.
 */
export function findBindings(text: string, syntax: Syntax, place: (line: number) => string): Found {
  const visible = masked(text, syntax.literal);
  const marks = [...commentMarks(visible, syntax), ...(syntax.macros ? macroMarks(visible) : [])];
  marks.sort((a, b) => a.start - b.start);
  const bindings: Binding[] = [];
  const findings: Finding[] = [];
  let closed = -1;
  for (const [index, mark] of marks.entries()) {
    const at = place(lineOf(text, mark.start));
    if (mark.words === undefined) {
      if (index !== closed) findings.push({ place: at, problem: "closes a marker that is not open" });
      continue;
    }
    const marker = readMarker(mark.words);
    const next = marks[index + 1];
    const isClosed = mark.argument === undefined && !mark.generated && next !== undefined && next.words === undefined;
    if (isClosed) closed = index + 1;
    if (typeof marker === "string") findings.push({ place: at, problem: marker });
    else if (mark.generated) bindings.push({ ...marker, place: at, text: undefined });
    else {
      const bound = mark.argument ?? (isClosed ? text.slice(mark.end, next.start) : besideOf(text, mark));
      bindings.push({ ...marker, place: at, text: masked(bound, syntax.comments).trim() });
    }
  }
  return { bindings, findings };
}

function commentMarks(text: string, { opens, closes }: Syntax): readonly Mark[] {
  const at = (match: RegExpExecArray) => ({ start: match.index, end: match.index + match[0].length });
  return [
    ...opens.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => ({ ...at(match), words: match[1]! }))),
    ...closes.flatMap((pattern) => [...text.matchAll(pattern)].map(at)),
  ];
}

/** `\plateau{marker}{text}` and `\plateauvalue{claim}{field}`, not where claims.tex defines them. */
function macroMarks(text: string): readonly Mark[] {
  const uncommented = masked(text, [/(?<=(?<!\\)(?:\\\\)*)%.*$/gm]);
  return [...uncommented.matchAll(/\\plateau(value)?\s*(?=\{)/g)].flatMap((match): readonly Mark[] => {
    const first = braced(uncommented, match.index + match[0].length);
    const second = first && braced(uncommented, first.end);
    if (first === undefined || second === undefined) return [];
    const place = { start: match.index, end: second.end };
    if (match[1] === undefined) return [{ ...place, words: first.content, argument: second.content }];
    const [claim = "", unit] = first.content.split("|");
    const words = `${claim} ${second.content}${unit === undefined ? "" : ` unit="${unit}"`}`;
    return [{ ...place, words, generated: true }];
  });
}

/** What stands in the braces that open at a place, with those inside. */
function braced(text: string, from: number): { readonly content: string; readonly end: number } | undefined {
  if (text[from] !== "{") return undefined;
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === "{") depth++;
    else if (text[at] === "}" && --depth === 0) return { content: text.slice(from + 1, at), end: at + 1 };
  }
  return undefined;
}

function besideOf(text: string, { start, end }: Mark): string {
  const before = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  if (before.trim() !== "") return before;
  const lineEnd = text.indexOf("\n", end);
  const after = text.slice(end, lineEnd < 0 ? undefined : lineEnd);
  if (after.trim() !== "" || lineEnd < 0) return after;
  return text.slice(lineEnd + 1).split("\n")[0]!;
}

/** The text with some of it as spaces: places and lines stay. */
function masked(text: string, patterns: readonly RegExp[]): string {
  return patterns.reduce((seen, pattern) => seen.replace(pattern, (found) => found.replace(/[^\n]/g, " ")), text);
}

function lineOf(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}
