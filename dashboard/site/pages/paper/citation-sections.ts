import { list, sortHeader } from "../../html/parts.ts";
import { type Html, html, joined } from "../../html/template.ts";
import type { Citations } from "../../sources/papers.ts";

type Work = Citations["works"][number];

const RELATIONS = {
  cites: "cites the paper",
  referenced: "referenced by the paper",
  "same-topic": "same topic",
} as const;

const FITS = {
  yes: "fits this harness",
  partly: "fits this harness in part",
  no: "does not fit this harness",
} as const;

/** The paper and the works around it, as a drawing and as a list for those who do not see it. */
export function networkSection(works: readonly Work[]): Html {
  const count = (relation: Work["relation"]) => works.filter((work) => work.relation === relation).length;
  return html`<h2 id="network">Citation network</h2>
<ul class="legend" aria-label="Legend of the network">
<li><svg width="16" height="16" aria-hidden="true"><rect x="2" y="2" width="12" height="12" rx="2" class="node-paper"></rect></svg> the paper</li>
<li><svg width="16" height="16" aria-hidden="true"><circle cx="8" cy="8" r="6" class="node-cites"></circle></svg> cites it (${count("cites")})</li>
<li><svg width="16" height="16" aria-hidden="true"><path d="M8,1l7,7l-7,7l-7,-7z" class="node-referenced"></path></svg> it references (${count("referenced")})</li>
<li><svg width="16" height="16" aria-hidden="true"><path d="M8,2l7,12h-14z" class="node-same-topic"></path></svg> same topic, citation not known (${count("same-topic")})</li>
</ul>
<p class="muted" id="network-help">Older works stand before the paper, newer ones after it: from left to right, or from above on a phone. An arrow goes from a work to one that it cites; a work without an arrow is on the same topic, and no citation is known. Hover or focus a node for its title; click, Enter or Space opens its details. Drag a node, or move it with Shift and an arrow key; arrow keys go from node to node. Drag the ground or use the buttons to pan and zoom.</p>
<div id="network-view" class="network"><div class="network-buttons" role="group" aria-label="Zoom"><button type="button" data-zoom="in" aria-label="Zoom in">+</button><button type="button" data-zoom="out" aria-label="Zoom out">−</button><button type="button" data-zoom="reset" aria-label="Show all">⤢</button></div></div>
<div id="network-details" class="details" role="status" aria-live="polite"><p class="muted">No work is chosen.</p></div>
<section class="visually-hidden" aria-label="The citation network as a list">
${Object.keys(RELATIONS).map((relation) => relationList(relation as Work["relation"], works))}
</section>`;
}

/** The same works as a table that can be searched and sorted. */
export function citationTable(works: readonly Work[]): Html {
  const bases = [...new Map(works.map(({ relation, basis }) => [relation, basis]))];
  const how = joined(
    bases.map(([relation, basis]) => html`<b>${RELATIONS[relation]}</b>, ${basis}`),
    "; ",
  );
  return html`<h2 id="citations">Citations</h2>
<p class="muted">How a relation is known: ${how}.</p>
<p class="filters"><label>Search <input type="search" id="citation-search" placeholder="title, author, year" autocomplete="off"></label> <output id="citations-shown" role="status">${works.length} of ${works.length} works</output></p>
<div class="scroll" tabindex="0" role="region" aria-label="Citations"><table class="claims" id="citation-table"><thead><tr>${sortHeader("title", "text")}${sortHeader("authors", "text")}${sortHeader("year", "number")}${sortHeader("relation", "text")}<th scope="col">link</th></tr></thead>
<tbody>${works.map(workRow)}</tbody></table></div>`;
}

function relationList(relation: Work["relation"], works: readonly Work[]): Html {
  const own = works.filter((work) => work.relation === relation);
  return html`<h3>${RELATIONS[relation]}</h3>${list(own.map(({ title, authors, year }) => `${title}, ${authors.join(", ")}, ${year}`))}
`;
}

function workRow({ id, title, authors, year, url, relation, claim, fits, read }: Work): Html {
  const link = (words: string) => (url === null ? words : html`<a href="${url}" rel="noreferrer">${words}</a>`);
  const note = claim && html`<br><small>${claim}${fits && ` (${FITS[fits]}; read: ${read})`}</small>`;
  return html`<tr id="work-${id}"><th scope="row">${link(title)}${note}</th>
<td>${authors.join(", ")}</td><td data-value="${year}">${year}</td>
<td><span class="relation ${relation}">${RELATIONS[relation]}</span></td>
<td>${url === null ? "no link known" : link(addressWord(url))}</td></tr>
`;
}

function addressWord(url: string): string {
  return url.replace(/^https:\/\/arxiv\.org\/abs\//, "arXiv ").replace(/^https:\/\//, "");
}
