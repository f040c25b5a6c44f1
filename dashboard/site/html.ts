import katex from "katex";
import { sanitise } from "../../src/report/layout/sanitise.ts";

/** Text of a result file as inert HTML inside Markdown: no markup, no `${…}` of Framework, no control or reordering characters. */
export function text(value: string): string {
  return sanitise(value).replace(/[&<>"'`$\\*_[\]{}#|~!^]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A sentence with TeX between dollar signs, rendered at build; what KaTeX refuses is shown as it was written. */
export function prose(value: string): string {
  return sanitise(value)
    .split(/\$([^$]+)\$/)
    .map((part, index) => (index % 2 === 0 ? text(part) : math(part)))
    .join("");
}

/** The same without markup, for titles, labels and search: the TeX as it was written. */
export function plain(value: string): string {
  return sanitise(value).replaceAll("$", "");
}

function math(source: string): string {
  try {
    const html = katex.renderToString(source, {
      output: "htmlAndMathml",
      strict: "ignore",
      maxSize: 10,
      maxExpand: 200,
    });
    return html.replaceAll("$", "&#36;").replaceAll("\n", " ");
  } catch {
    return `<code>${text(source)}</code>`;
  }
}

/** Front matter that is JSON, hence YAML. */
export function page(front: Readonly<Record<string, unknown>>, ...blocks: readonly string[]): string {
  const lines = Object.entries(front).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return ["---", ...lines, "---", "", ...blocks.flatMap((block) => [oneBlock(block), ""])].join("\n");
}

/** A cell of code that Framework runs in the browser. */
export function script(code: string): string {
  return `\`\`\`js\n${code.trim()}\n\`\`\``;
}

/** Markdown ends a block of HTML at an empty line, and reads indented lines as code. */
function oneBlock(block: string): string {
  if (block.startsWith("```")) return block;
  return block
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join("\n");
}

export function table(head: readonly string[], rows: readonly (readonly string[])[], caption: string): string {
  const header = head.map((cell) => `<th scope="col">${cell}</th>`).join("");
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("\n");
  return `<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table class="numbers"><thead><tr>${header}</tr></thead>
<tbody>${body}</tbody></table></div>`;
}

export function facts(entries: readonly (readonly [string, string])[]): string {
  return `<dl class="facts">${entries.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`).join("\n")}</dl>`;
}

/** A command with a button that copies it. */
export function command(line: string): string {
  return `<div class="command"><code>${text(line)}</code><button type="button" class="copy" aria-label="Copy the command">Copy</button></div>`;
}
