import { page, table, text } from "./html.ts";

/** A document about how far engines are apart, as a page: its tables become those of the site, which scroll on a phone. */
export function agreementPage(markdown: string): string {
  const words = markdown.replaceAll("${", "&#36;{");
  return page({ title: "How far engines are from the reference", toc: true }).concat(withTables(words));
}

/** Every table of a Markdown text, cells as inert text, and nothing else changed. */
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
  return table(cellsOf(head!), rows.map(cellsOf), text(caption));
}

function cellsOf(line: string): readonly string[] {
  return line
    .slice(1, -1)
    .split("|")
    .map((cell) => text(cell.trim()));
}
