import { type Content, type Html, html } from "./template.ts";

/** Options of a command: the second of each two parts that it is split into. */
const OPTION = /(?<=^| )(--[\w-]*)/;

/** A table that scrolls by itself where it is too wide. */
export function table(head: readonly Content[], rows: readonly (readonly Content[])[], caption: string): Html {
  const cells = (row: readonly Content[]) => row.map((cell) => html`<td>${cell}</td>`);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table class="numbers"><thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${cells(row)}</tr>\n`)}</tbody></table></div>`;
}

export function facts(entries: readonly (readonly [Content, Content])[]): Html {
  return html`<dl class="facts">${entries.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`)}</dl>`;
}

export function list(items: readonly Content[], kind = ""): Html {
  return html`<ul class="${kind}">${items.map((item) => html`<li>${item}</li>\n`)}</ul>`;
}

/** A command with a button that copies it. Its options are never broken at their dashes. */
export function command(line: string): Html {
  const parts = line.split(OPTION).map((part, at) => (at % 2 === 1 ? html`<span>${part}</span>` : part));
  return html`<div class="command"><code>${parts}</code><button type="button" class="copy" aria-label="Copy the command">Copy</button></div>`;
}

/** The header of a column that sorts its table. */
export function sortHeader(label: string, kind: "text" | "number", styles = ""): Html {
  return html`<th scope="col" data-sort="${kind}" class="${styles}"><button type="button">${label}</button></th>`;
}

export function option(value: string, label: Content): Html {
  return html`<option value="${value}">${label}</option>`;
}

/** Where `draw` of a page's browser module puts a chart. */
export function figure(id: string, caption: Content): Html {
  return html`<figure id="${id}"><figcaption>${caption}</figcaption><div class="chart"></div><noscript><p class="muted">This chart is drawn by a script; what it shows stands in the tables of this page.</p></noscript></figure>`;
}
