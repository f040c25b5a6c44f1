import { page, script, text } from "./html.ts";
import type { Citations, PaperData } from "./paper-data.ts";
import type { ShownClaim } from "./sources.ts";
import { outcomeBadge } from "./words.ts";

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

/** The paper: what it says, which claims check it, what is around it. */
export function paperPage(data: PaperData, claims: readonly ShownClaim[], slugs: ReadonlyMap<string, string>): string {
  const paper = data.papers[data.citations.paper];
  if (paper === undefined)
    throw new Error(`papers.json requires ${data.citations.paper}, which citations.json is about`);
  return page(
    { title: "The paper", keywords: data.keyTerms.terms.map(({ term }) => term).join(", "), toc: false },
    `<h1>${text(paper.title)}</h1>
<p class="lead">${paper.authors.map(text).join(", ")}. <a href="${text(paper.url)}" rel="noreferrer">arXiv ${text(paper.arxiv)}</a>, ${data.citations.published}. Licence: ${text(data.citations.licence)}.</p>
<p class="muted">We have read the ${text(paper.read)}, not the theorems: no theorem or figure number appears on this site, and what is below is in our words.</p>`,
    `<h2 id="summary">Summary</h2>
${data.abstract.summary.map((paragraph) => `<p>${text(paragraph)}</p>`).join("\n")}`,
    `<h2 id="terms">Key terms</h2>
<p class="muted">Weights: ${text(data.keyTerms.weights)}.</p>
<figure id="terms-chart"><div class="chart"></div></figure>
<ul class="visually-hidden" aria-label="Key terms with weights">${data.keyTerms.terms.map(({ term, weight }) => `<li>${text(term)}: ${weight.toFixed(3)}</li>`).join("")}</ul>`,
    `<h2 id="abstract">What the abstract says, and what checks it</h2>
${data.abstract.statements.map((statement) => statementBlock(statement, claims, slugs)).join("\n")}`,
    network(data.citations.works),
    citationTable(data.citations.works),
    script(`
import { drawTerms } from "./components/terms.js";
import { drawNetwork } from "./components/network.js";
const paper = await FileAttachment("./data/paper.json").json();
drawTerms(paper.terms, invalidation);
drawNetwork(paper, invalidation);
`),
  );
}

function statementBlock(
  { id, title, words, claims: ids, notCovered }: PaperData["abstract"]["statements"][number],
  claims: readonly ShownClaim[],
  slugs: ReadonlyMap<string, string>,
): string {
  const rows = ids.map((one) => {
    const claim = claims.find((shown) => shown.id === one);
    return claim
      ? `<li>${outcomeBadge(claim.outcome)} <a href="./claims/${slugs.get(one)!}">${text(claim.title)}</a> <span class="tag grade-${claim.source.grade}">${claim.source.grade}</span></li>`
      : `<li><span class="muted">not in this run:</span> ${text(one)}</li>`;
  });
  const gaps = notCovered.map(
    ({ what, why }) =>
      `<li class="gap"><span class="badge open"><span aria-hidden="true">○</span> not covered</span> ${text(what)}: ${text(why)}.</li>`,
  );
  return `<section class="statement-block" aria-labelledby="${id.toLowerCase()}">
<h3 id="${id.toLowerCase()}"><span class="id">${text(id)}</span> ${text(title)}</h3>
<p>${text(words)}</p>
<ul class="plain">${[...rows, ...gaps].join("\n")}</ul>
</section>`;
}

function network(works: readonly Work[]): string {
  const count = (relation: Work["relation"]) => works.filter((work) => work.relation === relation).length;
  return `<h2 id="network">Citation network</h2>
<ul class="legend" aria-label="Legend of the network">
<li><svg width="16" height="16" aria-hidden="true"><rect x="2" y="2" width="12" height="12" rx="2" class="node-paper"></rect></svg> the paper</li>
<li><svg width="16" height="16" aria-hidden="true"><circle cx="8" cy="8" r="6" class="node-cites"></circle></svg> cites it (${count("cites")})</li>
<li><svg width="16" height="16" aria-hidden="true"><path d="M8,1l7,7l-7,7l-7,-7z" class="node-referenced"></path></svg> it references (${count("referenced")})</li>
<li><svg width="16" height="16" aria-hidden="true"><path d="M8,2l7,12h-14z" class="node-same-topic"></path></svg> same topic, citation not known (${count("same-topic")})</li>
</ul>
<p class="muted" id="network-help">Hover or focus a node for its title; click, Enter or Space opens its details. Drag a node, or move it with Shift and an arrow key; arrow keys go from node to node. Drag the ground or use the buttons to pan and zoom.</p>
<div id="network-view" class="network"><div class="network-buttons" role="group" aria-label="Zoom"><button type="button" data-zoom="in" aria-label="Zoom in">+</button><button type="button" data-zoom="out" aria-label="Zoom out">−</button><button type="button" data-zoom="reset" aria-label="Show all">⤢</button></div></div>
<div id="network-details" class="details" role="status" aria-live="polite"><p class="muted">No work is chosen.</p></div>
<section class="visually-hidden" aria-label="The citation network as a list">
${(Object.keys(RELATIONS) as Work["relation"][])
  .map(
    (relation) =>
      `<h3>${RELATIONS[relation]}</h3><ul>${works
        .filter((work) => work.relation === relation)
        .map((work) => `<li>${text(work.title)}, ${text(work.authors.join(", "))}, ${work.year}</li>`)
        .join("")}</ul>`,
  )
  .join("\n")}
</section>`;
}

function citationTable(works: readonly Work[]): string {
  const sort = (label: string, kind: string) =>
    `<th scope="col" data-sort="${kind}"><button type="button">${label}</button></th>`;
  const rows = works.map(
    (
      work,
    ) => `<tr id="work-${text(work.id)}"><th scope="row">${work.url ? `<a href="${text(work.url)}" rel="noreferrer">${text(work.title)}</a>` : text(work.title)}${work.claim ? `<br><small>${text(work.claim)}${work.fits ? ` (${FITS[work.fits]}; read: ${text(work.read)})` : ""}</small>` : ""}</th>
<td>${work.authors.map(text).join(", ")}</td><td data-value="${work.year}">${work.year}</td>
<td><span class="relation ${work.relation}">${RELATIONS[work.relation]}</span></td>
<td>${work.url ? `<a href="${text(work.url)}" rel="noreferrer">${text(work.url.replace(/^https:\/\/(arxiv\.org\/abs\/)?/, (_, arxiv) => (arxiv ? "arXiv " : "")))}</a>` : "no link known"}</td></tr>`,
  );
  return `<h2 id="citations">Citations</h2>
<p class="muted">How a relation is known: ${[...new Map(works.map(({ relation, basis }) => [relation, basis]))].map(([relation, basis]) => `<b>${RELATIONS[relation]}</b>, ${text(basis)}`).join("; ")}.</p>
<p class="filters"><label>Search <input type="search" id="citation-search" placeholder="title, author, year" autocomplete="off"></label> <output id="citations-shown" role="status">${works.length} of ${works.length} works</output></p>
<div class="scroll" tabindex="0" role="region" aria-label="Citations"><table class="claims" id="citation-table"><thead><tr>${sort("title", "text")}${sort("authors", "text")}${sort("year", "number")}${sort("relation", "text")}<th scope="col">link</th></tr></thead>
<tbody>${rows.join("\n")}</tbody></table></div>`;
}
