import { page, script, text } from "./html.ts";
import type { ShownClaim } from "./sources.ts";

/** An estimate over the runs; which claim's is in the URL. */
export function historyPage(claims: readonly ShownClaim[], slugs: ReadonlyMap<string, string>, runs: number): string {
  const options = claims.map(({ id, title }) => `<option value="${slugs.get(id)!}">${text(title)}</option>`).join("");
  const files = claims
    .map(({ id }) => `  ${JSON.stringify(slugs.get(id)!)}: FileAttachment("./data/history/${slugs.get(id)!}.json")`)
    .join(",\n");
  const few =
    runs < 2
      ? `<p class="note">There ${runs === 1 ? "is one run" : "is no run"} so far. Each published run adds a point.</p>`
      : "";
  return page(
    { title: "History", toc: false },
    `<h1>History of an estimate</h1>
<p class="lead">Each run adds a point with its interval. Where the claim itself was changed a new line begins: it answers another question.</p>
${few}`,
    `<form class="filters" id="history-form" aria-label="What to show">
<label>Claim <select name="claim">${options}</select></label>
<label>Tier <select name="tier"><option value="">all</option><option>smoke</option><option>full</option><option>deep</option></select></label>
<output id="history-shown" role="status"></output>
</form>
<p id="history-link"></p>
<figure id="history-chart"><figcaption>Estimates over runs</figcaption><div class="chart"></div></figure>
<div class="scroll" tabindex="0" role="region" aria-label="Runs"><table class="claims" id="history-table"><thead><tr><th scope="col">run</th><th scope="col">commit</th><th scope="col">tier</th><th scope="col">outcome</th><th scope="col">estimates</th></tr></thead><tbody></tbody></table></div>`,
    script(`
import { drawHistory } from "./components/history.js";
drawHistory({
${files}
}, await FileAttachment("./data/page-titles.json").json(), invalidation);
`),
  );
}
