import { page } from "../html/page.ts";
import { figure, option } from "../html/parts.ts";
import { html } from "../html/template.ts";
import { plain } from "../html/tex.ts";
import { jsonFile, type PageKind, type Site } from "../site.ts";
import { claimHistories } from "../views/runs.ts";

/** An estimate over the runs; which claim's is in the URL. */
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

function historyPage({ sources: { claims, history, unreadableHistory }, slugs }: Site): string {
  const pages = claims.map(({ id, title }) => ({ slug: slugs.get(id)!, title }));
  const runs = history.length;
  const few =
    runs < 2 &&
    html`<p class="note">There ${runs === 1 ? "is one run" : "is no run"} so far. Each published run adds a point.</p>`;
  const leftOut =
    unreadableHistory.length > 0 &&
    html`<p class="note">${unreadableHistory.length} lines of the history could not be read and are left out; the first: ${plain(unreadableHistory[0]!)}.</p>`;
  return page(
    { title: "History", toc: false },
    [
      html`<h1>History of an estimate</h1>
<p class="lead">Each run adds a point with its interval. Where the claim itself was changed a new line begins: it answers another question.</p>
${few}${leftOut}`,
      html`<form class="filters" id="history-form" aria-label="What to show">
<label>Claim <select name="claim">${pages.map(({ slug, title }) => option(slug, title))}</select></label>
<label>Tier <select name="tier"><option value="">all</option><option>smoke</option><option>full</option><option>deep</option></select></label>
<output id="history-shown" role="status"></output>
</form>
<p id="history-link"></p>
${figure("history-chart", "Estimates over runs")}
<div class="scroll" tabindex="0" role="region" aria-label="Runs"><table class="claims" id="history-table"><thead><tr><th scope="col">run</th><th scope="col">commit</th><th scope="col">tier</th><th scope="col">outcome</th><th scope="col">estimates</th></tr></thead><tbody></tbody></table></div>`,
    ],
    {
      root: "./",
      module: "history",
      call: "drawHistory",
      data: [Object.fromEntries(pages.map(({ slug }) => [slug, historyPath(slug)])), "data/page-titles.json"],
    },
  );
}
