import { clip } from "../layout/clip.ts";
import { isRed, type ReportRow } from "./report-rows.ts";

/** A line of a file in the repository, from 1. */
export interface SourceLine {
  readonly file: string;
  readonly line: number;
}

/** GitHub shows ten errors and ten warnings a step and drops the others without a word. */
const MOST = 10;
/** GitHub's limit is 64 KiB; nobody reads more than a few lines beside the code. */
const MESSAGE = 1000;

/**
 * Workflow commands that mark the claims' files, the worst first: errors for what makes the gate red, warnings for the
 * rest, at most ten of each; where there are more the tenth says so. `locate` finds the line of a claim's file.
 */
export function annotations(
  rows: readonly ReportRow[],
  locate: (row: ReportRow) => SourceLine | undefined,
): readonly string[] {
  const errors = rows.filter(isRed);
  const warnings = rows.filter((row) => !isRed(row));
  return [...limited("error", errors, locate), ...limited("warning", warnings, locate)];
}

/** One command; the runner reads to the end of the line, so nothing in the texts may end it. */
export function annotation(
  level: "error" | "warning" | "notice",
  message: string,
  place?: { readonly title?: string } & Partial<SourceLine>,
): string {
  const properties = Object.entries({ file: place?.file, line: place?.line, title: place?.title })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escapeProperty(clip(String(value), MESSAGE))}`);
  return `::${level}${properties.length === 0 ? "" : ` ${properties.join(",")}`}::${escapeData(clip(message, MESSAGE))}`;
}

function limited(
  level: "error" | "warning",
  rows: readonly ReportRow[],
  locate: (row: ReportRow) => SourceLine | undefined,
): readonly string[] {
  const shown = rows.length <= MOST ? rows : rows.slice(0, MOST - 1);
  const lines = shown.map((row) => annotation(level, messageOf(row), { title: row.title, ...locate(row) }));
  const more = rows.length - shown.length;
  return more === 0 ? lines : [...lines, annotation(level, `and ${more} more claims: see the job summary`)];
}

function messageOf({ id, what, measured, needed }: ReportRow): string {
  const numbers = measured === "" ? "" : ` Measured ${measured}, needed ${needed}.`;
  return `${id}: ${what.join("; ")}.${numbers}`;
}

/** https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
function escapeData(text: string): string {
  return text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
}
