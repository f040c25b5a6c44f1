import { facts, list } from "../../html/parts.ts";
import { type Content, type Html, html } from "../../html/template.ts";
import { prose } from "../../html/tex.ts";
import { sentence } from "../../html/words.ts";
import type { KnownClaim } from "../../sources/known-claims.ts";
import type { SourceWorks } from "../../sources/papers.ts";
import type { ShownClaim } from "../../sources/sources.ts";
import type { ShownOnPage } from "./claim-page.ts";

/** Where the claim comes from, what it assumes, and why its margin is what it is. */
export function aboutSection({ claim, known, site: { works } }: ShownOnPage): Html {
  const grade =
    claim.source.grade === "stated"
      ? "The paper's abstract says it; the numbers and the margin are ours."
      : "Our quantitative consequence of the abstract: if it fails, our reading may be at fault.";
  const assumptions = Object.values(known?.manifest.assumptions ?? {});
  const rivals = known?.manifest.rivals ?? [];
  const because = known?.manifest.stricter[claim.tier] ?? known?.manifest.prediction.because;
  return facts([
    ["Source", html`${sourceLink(claim, works)}, ${claim.source.at}`],
    ["Grade", html`<b>${claim.source.grade}</b>. ${grade}`],
    ["Assumptions", assumptions.length > 0 ? list(assumptions.map(prose)) : notHere(known)],
    ["Why this margin", because === undefined ? notHere(known) : prose(sentence(because))],
    ...(rivals.length > 0 ? [["Rivals excluded", list(rivals.map(prose))] as const] : []),
  ]);
}

function sourceLink({ source }: ShownClaim, works: SourceWorks): Content {
  const work = works.get(source.paper);
  return work === undefined ? source.paper : html`<a href="${work.url}" rel="noreferrer">${work.title}</a>`;
}

function notHere(known: KnownClaim | undefined): string {
  return known ? "none" : "not in this checkout: the claim was changed or is not here";
}
