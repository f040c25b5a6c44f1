import { page, script, text } from "./html.ts";
import type { SiteRun } from "./runs.ts";

/** Two runs side by side; which ones is in the URL. */
export function comparePage(runs: readonly SiteRun[]): string {
  const options = runs.map(({ key, label }) => `<option value="${text(key)}">${text(label)}</option>`).join("");
  const files = runs
    .map(({ key }) => `  ${JSON.stringify(key)}: FileAttachment("./data/runs/${key}.json")`)
    .join(",\n");
  return page(
    { title: "Compare", toc: false },
    `<h1>Compare two runs</h1>
<p class="lead">Verdicts first, then estimates by how far they moved. Runs with the same seed and claim differ only where the code does; with other seeds estimates move by chance, within their intervals.</p>`,
    `<form class="filters" id="compare-form" aria-label="Runs to compare">
<label>Before <select name="a">${options}</select></label>
<label>After <select name="b">${options}</select></label>
<label class="check"><input type="checkbox" name="changed"> only what differs</label>
<output id="compare-shown" role="status"></output>
</form>
<figure id="compare-chart"><figcaption>How far each estimate moved, in half-widths of the interval before</figcaption><div class="chart"></div></figure>
<div class="scroll" tabindex="0" role="region" aria-label="Comparison"><table class="claims" id="compare-table"><thead><tr><th scope="col">claim</th><th scope="col">before</th><th scope="col">after</th><th scope="col">largest move</th><th scope="col">at</th></tr></thead><tbody></tbody></table></div>`,
    script(`
import { drawCompare } from "./components/compare.js";
drawCompare({
${files}
}, await FileAttachment("./data/titles.json").json(), invalidation);
`),
  );
}
