import { badge, outcomeBadge } from "../../html/badges.ts";
import { page } from "../../html/page.ts";
import { figure, list } from "../../html/parts.ts";
import { type Html, html } from "../../html/template.ts";
import { jsonFile, type PageKind, type Site } from "../../site.ts";
import { type Abstract, type KeyTerms, type Paper, shortName } from "../../sources/papers.ts";
import { citationTable, networkSection } from "./citation-sections.ts";

const ROOT = "../";

/** One page a paper: what it says, which claims check it, what is around it. */
export const paperPages: PageKind = {
  path: "papers/[paper]",
  entries: ({ papers }) =>
    papers.map((paper) => ({
      name: papers.length === 1 ? "The paper" : shortName(paper.work),
      path: `/${pathOf(paper)}`,
    })),
  draws: "paper",
  files: (site) =>
    site.papers.flatMap((paper) => [
      { path: `${pathOf(paper)}.md`, content: paperPage(paper, site) },
      jsonFile(`data/${pathOf(paper)}.json`, paperData(paper)),
    ]),
};

/** A paper's page, from the top of the site. */
export function pathOf({ name }: Paper): string {
  return `papers/${name}`;
}

function paperData({ work, citations, keyTerms }: Paper) {
  const { title, authors, year } = work;
  return { title, authors, year, works: citations?.works ?? [], terms: keyTerms?.terms ?? [] };
}

function paperPage(paper: Paper, site: Site): string {
  const { work, abstract, citations, keyTerms } = paper;
  return page(
    { title: work.title, keywords: (keyTerms?.terms ?? []).map(({ term }) => term).join(", "), toc: false },
    [
      html`<h1>${work.title}</h1>
<p class="lead">${work.authors.join(", ")}. <a href="${work.url}" rel="noreferrer">arXiv ${work.arxiv}</a>${citations && `, ${citations.published}. Licence: ${citations.licence}`}.</p>
<p class="muted">We have read the ${work.read}, not the theorems: no theorem or figure number appears on this site, and what is below is in our words.</p>`,
      html`<h2 id="summary">Summary</h2>
${abstract.summary.map((paragraph) => html`<p>${paragraph}</p>\n`)}`,
      ...(keyTerms === undefined ? [] : [termsSection(keyTerms)]),
      html`<h2 id="abstract">What the abstract says, and what checks it</h2>
${abstract.statements.map((statement) => statementBlock(statement, site))}`,
      ...(citations === undefined ? [] : [networkSection(citations.works), citationTable(citations.works)]),
    ],
    { root: ROOT, module: "paper", call: "drawPaper", data: [`data/${pathOf(paper)}.json`] },
  );
}

function termsSection({ weights, terms }: KeyTerms): Html {
  return html`<h2 id="terms">Key terms</h2>
<p class="muted">Weights: ${weights}.</p>
${figure("terms-chart", "Weight of each term in the abstract")}
<ul class="visually-hidden" aria-label="Key terms with weights">${terms.map(({ term, weight }) => html`<li>${term}: ${weight.toFixed(3)}</li>`)}</ul>`;
}

function statementBlock(statement: Abstract["statements"][number], { sources: { claims }, slugs }: Site): Html {
  const { id, title, words, notCovered } = statement;
  const rows = statement.claims.map((one) => {
    const claim = claims.find((shown) => shown.id === one);
    return claim
      ? html`${outcomeBadge(claim.outcome)} <a href="${ROOT}claims/${slugs.get(one)!}">${claim.title}</a> <span class="tag grade-${claim.source.grade}">${claim.source.grade}</span>`
      : html`<span class="muted">not in this run:</span> ${one}`;
  });
  const gaps = notCovered.map(({ what, why }) => html`${badge("open", "○", "not covered")} ${what}: ${why}.`);
  return html`<section class="statement-block" aria-labelledby="${id.toLowerCase()}">
<h3 id="${id.toLowerCase()}"><span class="id">${id}</span> ${title}</h3>
<p>${words}</p>
${list([...rows, ...gaps], "plain")}
</section>
`;
}
