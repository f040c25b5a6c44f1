import { page } from "../html/page.ts";
import { figure, option } from "../html/parts.ts";
import { html } from "../html/template.ts";
import { plain } from "../html/tex.ts";
import { jsonFile, type PageKind, type Site } from "../site.ts";
import { type SiteRun, siteRuns } from "../views/history/runs.ts";

/** Two runs side by side; which ones is in the URL. */
export const comparePages: PageKind = {
  path: "compare",
  entries: () => [{ name: "Compare", path: "/compare" }],
  draws: "compare",
  files: (site) => {
    const runs = siteRuns(site.sources);
    return [
      { path: "compare.md", content: comparePage(runs) },
      ...runs.map(({ key, line }) => jsonFile(`data/runs/${key}.json`, line)),
      jsonFile("data/titles.json", titlesOf(site)),
    ];
  },
};

function comparePage(runs: readonly SiteRun[]): string {
  const options = runs.map(({ key, label }) => option(key, label));
  return page(
    { title: "Compare", toc: false },
    [
      html`<h1>Compare two runs</h1>
<p class="lead">Verdicts first, then estimates by how far they moved. Runs with the same seed and claim differ only where the code does; with other seeds estimates move by chance, within their intervals.</p>`,
      html`<form class="filters" id="compare-form" aria-label="Runs to compare">
<label>Before <select name="a">${options}</select></label>
<label>After <select name="b">${options}</select></label>
<label class="check"><input type="checkbox" name="changed"> only what differs</label>
<output id="compare-shown" role="status"></output>
</form>
${figure("compare-chart", "How far each estimate moved, and which way, as a multiple of its uncertainty before: 1 is from the middle of its interval to an end")}
<div class="scroll" tabindex="0" role="region" aria-label="Comparison"><table class="claims" id="compare-table"><thead><tr><th scope="col">claim</th><th scope="col">before</th><th scope="col">after</th><th scope="col">largest move</th><th scope="col">at</th></tr></thead><tbody></tbody></table></div>`,
    ],
    {
      root: "./",
      module: "compare",
      call: "drawCompare",
      data: [Object.fromEntries(runs.map(({ key }) => [key, `data/runs/${key}.json`])), "data/titles.json"],
    },
  );
}

/** By id; an id such as `__proto__` is a name like any other. */
function titlesOf({ sources, slugs }: Site) {
  return Object.fromEntries(sources.claims.map(({ id, title }) => [id, { title: plain(title), slug: slugs.get(id) }]));
}
