import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../../src/project/roots.ts";
import { documentPage } from "../html/page.ts";
import { table } from "../html/parts.ts";
import { readable } from "../html/readable.ts";
import type { PageKind } from "../site.ts";
import { spaced } from "../views/picture/across-axis.ts";

const DOCUMENT = join(packageRoot(), "docs/engines/agreement.md");

/** How far engines are apart: a document of the repository, whose tables become those of the site. */
export const agreementPages: PageKind = {
  path: "agreement",
  entries: () => [],
  files: () => {
    if (!hasAgreement()) return [];
    const front = { title: "How far engines are from the reference", toc: true };
    return [{ path: "agreement.md", content: documentPage(front, withTables(readFileSync(DOCUMENT, "utf8"))) }];
  },
};

export function hasAgreement(): boolean {
  return existsSync(DOCUMENT);
}

/** Every table of a Markdown text as one that scrolls on a phone, cells as inert text, and nothing else changed. */
export function withTables(markdown: string): string {
  let heading = "Table";
  return markdown
    .split(/\n{2,}/)
    .map((block) => {
      heading = /^#+ (.+)$/m.exec(block)?.[1] ?? heading;
      const lines = block.trim().split("\n");
      return lines.length > 1 && lines.every((line) => /^\|.*\|$/.test(line)) ? tableOf(lines, heading) : block;
    })
    .join("\n\n");
}

function tableOf([head, , ...rows]: readonly string[], caption: string): string {
  return table(cellsOf(head!), rows.map(cellsOf), caption).toString().trim();
}

function cellsOf(line: string): readonly string[] {
  return line
    .slice(1, -1)
    .split("|")
    .map((cell) => readable(spacedKey(cell.trim())));
}

/** A measure's name in the code, `hessianVectorProducts`, as words. */
function spacedKey(cell: string): string {
  return /^[a-z]+([A-Z][a-z]+)+$/.test(cell) ? spaced(cell) : cell;
}
