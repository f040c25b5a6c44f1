import { facts, list } from "../../html/parts.ts";
import { type Content, type Html, html } from "../../html/template.ts";
import { prose } from "../../html/tex.ts";
import { sentence } from "../../html/words.ts";
import type { Site } from "../../site.ts";
import type { KnownClaim } from "../../sources/known-claims.ts";
import type { Paper, SourceWorks } from "../../sources/papers.ts";
import type { ShownClaim } from "../../sources/sources.ts";
import { sentencesWith } from "../../views/sentences.ts";
import { pathOf } from "../paper/paper-page.ts";
import type { ShownOnPage } from "./claim-page.ts";

/** What the paper says, in our words, beside what is checked of it, in our numbers. */
export function saidSection({ claim, site, root }: ShownOnPage): Html {
  const sentences = sentencesWith(claim.id, site);
  const said =
    sentences.length === 0
      ? html`<p>${ofPaper(claim, site)?.abstract === undefined ? "The paper's abstract is not written out here" : "No sentence of the abstract is about it"}: ${claim.source.grade === "stated" ? "see its source below" : "we derived it, or check our own tools with it"}.</p>`
      : sentences.map(
          ({ paper, statement }) =>
            html`<p>${statement.words} <a href="${root}${pathOf(paper)}#${statement.id.toLowerCase()}">${statement.title}</a></p>\n`,
        );
  return html`<div class="said">
<section aria-labelledby="said"><h2 id="said">The paper, in our words</h2>
${said}</section>
<section aria-labelledby="checked"><h2 id="checked">What is checked: our numbers</h2>
<blockquote class="statement">${prose(claim.statement)}</blockquote></section>
</div>`;
}

function ofPaper({ id }: ShownClaim, { papers }: Site): Paper | undefined {
  return papers.find(({ name }) => id.startsWith(`${name}/`));
}

/** Where the claim comes from, what it assumes, and why its margin is what it is. */
export function aboutSection({ claim, known, site: { works } }: ShownOnPage): Html {
  const grade =
    claim.source.grade === "stated"
      ? `The paper says it in words (${claim.source.at}); every number here, and the margin, are ours.`
      : "Our quantitative consequence of what the paper says: if it fails, our reading may be at fault.";
  const assumptions = Object.values(known?.manifest.assumptions ?? {});
  const rivals = known?.manifest.rivals ?? [];
  const former = (known?.formerly ?? []).map(({ id }) => `${id}: its baseline and history are shown here`);
  const because = known?.manifest.stricter[claim.tier] ?? known?.manifest.prediction.because;
  return facts([
    ["Source", html`${sourceLink(claim, works)}, ${claim.source.at}`],
    ["Grade", html`<b>${claim.source.grade}</b>. ${grade}`],
    ["Assumptions", assumptions.length > 0 ? list(assumptions.map(prose)) : notHere(known)],
    ["Why this margin", because === undefined ? notHere(known) : prose(sentence(because))],
    ...(former.length > 0 ? [["Formerly", list(former)] as const] : []),
    ...(rivals.length > 0 ? [["Rivals excluded", list(rivals.map(prose))] as const] : []),
  ]);
}

function sourceLink({ source }: ShownClaim, works: SourceWorks): Content {
  const work = works.get(source.paper);
  if (work?.url === undefined) return work?.title ?? source.paper;
  return html`<a href="${work.url}" rel="noreferrer">${work.title}</a>`;
}

function notHere(known: KnownClaim | undefined): string {
  return known ? "none" : "not in this checkout: the claim was changed or is not here";
}
