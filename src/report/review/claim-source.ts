import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SourceLine } from "./annotations.ts";
import type { ReportRow } from "./report-rows.ts";

/** Ids of claims are paths below suites/; nothing else is looked for on disk. */
const CLAIM_ID = /^[a-zA-Z0-9]+(?:[-/][a-zA-Z0-9]+)*$/;

/** What a person edits goes first. */
const ENDINGS = [".ts", ".mts", ".js", ".mjs"] as const;

/** The line of a claim's file that a row is about; undefined where the repository has no such file. */
export function claimSource(repository: string): (row: Pick<ReportRow, "id" | "about">) => SourceLine | undefined {
  return ({ id, about }) => {
    if (!CLAIM_ID.test(id)) return undefined;
    const files = ENDINGS.map((ending) => `suites/${id}.claim${ending}`);
    const file = files.find((path) => existsSync(join(repository, path)));
    const lines = file === undefined ? undefined : linesOf(join(repository, file));
    if (file === undefined || lines === undefined) return undefined;
    const fields = about === "claim" ? ["id"] : [about, "prediction", "id"];
    const found = fields.map((field) => lines.findIndex((line) => new RegExp(`^\\s*${field}:`).test(line)));
    return { file, line: Math.max(1, 1 + (found.find((index) => index >= 0) ?? 0)) };
  };
}

function linesOf(path: string): readonly string[] | undefined {
  try {
    return readFileSync(path, "utf8").split("\n");
  } catch {
    return undefined;
  }
}
