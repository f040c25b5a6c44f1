import { badge, outcomeBadge } from "../../html/badges.ts";
import { page } from "../../html/page.ts";
import { figure, list } from "../../html/parts.ts";
import { type Content, type Html, html } from "../../html/template.ts";
import { jsonFile, type PageKind, type Site } from "../../site.ts";
import { type Abstract, type KeyTerms, type Paper, shortName } from "../../sources/papers.ts";
import type { ShownClaim } from "../../sources/sources.ts";
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
<p class="lead">${[...work.authors, work.year].join(", ")}.${place(work)}${citations && ` ${citations.published}. Licence: ${citations.licence}.`}</p>
${work.read === "abstract" && html`<p class="muted">We have read the abstract, not the theorems: no theorem or figure number appears on this site, and what is below is in our words.</p>`}`,
      ...(abstract === undefined ? [] : [summarySection(abstract)]),
      ...(keyTerms === undefined ? [] : [termsSection(keyTerms)]),
      abstract === undefined ? claimsSection(paper, site) : abstractSection(abstract, site),
      ...(citations === undefined ? [] : [networkSection(citations.works), citationTable(citations.works)]),
    ],
    { root: ROOT, module: "paper", call: "drawPaper", data: [`data/${pathOf(paper)}.json`] },
  );
}

/** Where a work can be read. */
function place({ url, arxiv }: Paper["work"]): Content {
  if (url === undefined) return arxiv && ` arXiv ${arxiv}.`;
  return html` <a href="${url}" rel="noreferrer">${arxiv === undefined ? new URL(url).host : `arXiv ${arxiv}`}</a>.`;
}

function summarySection({ summary }: Abstract): Html {
  return html`<h2 id="summary">Summary</h2>
${summary.map((paragraph) => html`<p>${paragraph}</p>\n`)}`;
}

function abstractSection({ statements }: Abstract, site: Site): Html {
  return html`<h2 id="abstract">What the abstract says, and what checks it</h2>
${statements.map((statement) => statementBlock(statement, site))}`;
}

/** Of a paper whose sentences nobody has written down: its claims, as they are. */
function claimsSection({ name }: Paper, { sources: { claims }, slugs }: Site): Html {
  const own = claims.filter(({ id }) => id.startsWith(`${name}/`));
  return html`<h2 id="claims">What is claimed</h2>
${
  own.length === 0
    ? html`<p>No claim of it is in this run.</p>`
    : list(
        own.map((claim) => claimLine(claim, slugs)),
        "plain",
      )
}`;
}

function claimLine({ id, outcome, title, source }: ShownClaim, slugs: Site["slugs"]): Html {
  return html`${outcomeBadge(outcome)} <a href="${ROOT}claims/${slugs.get(id)!}">${title}</a> <span class="tag grade-${source.grade}">${source.grade}</span>`;
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
    return claim ? claimLine(claim, slugs) : html`<span class="muted">not in this run:</span> ${one}`;
  });
  const gaps = notCovered.map(({ what, why }) => html`${badge("open", "○", "not covered")} ${what}: ${why}.`);
  return html`<section class="statement-block" aria-labelledby="${id.toLowerCase()}">
<h3 id="${id.toLowerCase()}"><span class="id">${id}</span> ${title}</h3>
<p>${words}</p>
${list([...rows, ...gaps], "plain")}
</section>
`;
}
