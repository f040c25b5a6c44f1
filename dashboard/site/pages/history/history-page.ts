import { badge } from "../../html/badges.ts";
import { page } from "../../html/page.ts";
import { figure, option } from "../../html/parts.ts";
import { type Html, html } from "../../html/template.ts";
import { plain } from "../../html/tex.ts";
import { jsonFile, type PageKind, type Site } from "../../site.ts";
import { claimHistories } from "../../views/history/runs.ts";
import { TIERS } from "../../views/overview-rows.ts";
import { gridSection } from "./grid-section.ts";

/** All claims over the runs as a grid, and one claim's estimates over time; which claim's is in the URL. */
export const historyPages: PageKind = {
  path: "history",
  entries: () => [{ name: "History", path: "/history" }],
  draws: "history",
  files: (site) => [
    { path: "history.md", content: historyPage(site) },
    ...claimHistories(site.sources).map((one, at) =>
      jsonFile(historyPath(site.slugs.get(site.sources.claims[at]!.id)!), one),
    ),
    jsonFile("data/page-titles.json", pageTitles(site)),
  ],
};

function historyPath(slug: string): string {
  return `data/history/${slug}.json`;
}

function pageTitles({ sources, slugs }: Site) {
  return Object.fromEntries(sources.claims.map(({ id, title }) => [slugs.get(id), plain(title)]));
}

function historyPage(site: Site): string {
  const { claims, history, unreadableHistory } = site.sources;
  const pages = claims.map(({ id, title }) => ({ slug: site.slugs.get(id)!, title }));
  // The tier that decides is looked at first.
  const tiers = (["full", "deep", "smoke"] as const).filter((tier) => history.some((line) => line.tier === tier));
  return page(
    { title: "History", toc: false },
    [
      html`<h1>History of every claim</h1>
<p class="lead">One row a claim, one column a run, the newest run on the right. What failed once is seen at once; a row opens its estimates over time.</p>
${history.length < 2 && html`<p class="note">There ${history.length === 1 ? "is one run" : "is no run"} so far. Each published run adds a column.</p>`}${
  unreadableHistory.length > 0 &&
  html`<p class="note">${unreadableHistory.length} lines of the history could not be read and are left out; the first: ${plain(unreadableHistory[0]!)}.</p>`
}`,
      html`<form class="filters" id="history-form" aria-label="What to show">
<label>Tier <select name="tier">${TIERS.filter((tier) => tiers.includes(tier))
        .toReversed()
        .map((tier) => html`<option${tier === tiers[0] && html` selected`}>${tier}</option>`)}</select></label>
<label>Claim <select name="claim">${option("", "none chosen")}${pages.map(({ slug, title }) => option(slug, title))}</select></label>
</form>`,
      detailSection(),
      legend(),
      ...tiers.map((tier) => gridSection(tier, site)),
    ],
    {
      root: "./",
      module: "history",
      call: "drawHistory",
      data: [Object.fromEntries(pages.map(({ slug }) => [slug, historyPath(slug)])), "data/page-titles.json"],
    },
  );
}

function legend(): Html {
  return html`<ul class="legend" aria-label="How to read the grid">
<li><span class="swatch holds" aria-hidden="true"></span> ${badge("good", "✓", "holds")}</li>
<li><span class="swatch undecided" aria-hidden="true"></span> ${badge("open", "?", "undecided at this size")}</li>
<li><span class="swatch fails" aria-hidden="true"></span> ${badge("bad", "✗", "fails")}</li>
<li><span class="swatch broken" aria-hidden="true"></span> ${badge("broken", "!", "crashed or timed out")}</li>
<li><span class="swatch redefined" aria-hidden="true"></span> the claim itself changed</li>
<li><span class="swatch renamed" aria-hidden="true"></span> the claim has another name since</li>
<li><span class="swatch commit" aria-hidden="true"></span> another commit than the run before</li>
</ul>`;
}

/** Hidden until a row is opened. */
function detailSection(): Html {
  return html`<section id="history-detail" aria-labelledby="history-title" hidden>
<h2 id="history-title" tabindex="-1">One claim</h2>
<p id="history-link"></p>
<p id="history-run" class="shown-run" hidden></p>
<output id="history-shown" role="status"></output>
${figure("history-chart", html`Estimates over time with their intervals; the band is what is predicted, where the claim was the one of today. <span class="good">○ holds</span>, <span class="open">□ undecided</span>, <span class="bad">× fails</span>`)}
<div class="scroll runs" tabindex="0" role="region" aria-label="Runs"><table class="claims" id="history-table"><thead><tr><th scope="col">run</th><th scope="col">outcome</th><th scope="col">commit</th><th scope="col">seed</th><th scope="col">estimates</th><th scope="col">compare</th></tr></thead><tbody></tbody></table></div>
</section>`;
}
