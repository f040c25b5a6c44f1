import { countText, secondsText } from "../../../../src/report/layout/number-text.ts";
import { command, facts, table } from "../../html/parts.ts";
import { shellWord } from "../../html/shell-word.ts";
import { type Html, html } from "../../html/template.ts";
import { cellWords, timeWord } from "../../html/words.ts";
import { armName } from "../../views/arm-name.ts";
import type { ShownOnPage } from "./claim-page.ts";

/** Commands that judge and draw it again, and the numbers to take away. */
export function reproduceSection({ claim, slug, root, site }: ShownOnPage): Html {
  const id = shellWord(claim.id);
  const cell = claim.arms.find(({ kind }) => kind === "claimed")?.cells[0]?.cell ?? {};
  const set = Object.entries(cell).map(([axis, value]) => ` --set ${shellWord(`${axis}=${value}`)}`);
  const name = slug.split("/").at(-1)!;
  const runs = site.sources.history.filter(({ claims }) => claims.some((one) => one.id === claim.id)).length;
  const history =
    runs > 0 &&
    html` <a class="button" rel="external" href="${root}history?claim=${encodeURIComponent(slug)}">History, ${countText(runs)} ${runs === 1 ? "run" : "runs"}</a>`;
  return html`<h2 id="reproduce">Do it again</h2>
<p>Judge it again, with the same random streams:</p>
${command(`npx --no -- plateau run ${id} --tier ${claim.tier} --seed ${shellWord(claim.seed)}`)}
<p>Look at single observations, at any cell you like; this gives no verdict:</p>
${command(`npx --no -- plateau sample ${id}${set.join("")} --replicates 20 --seed 7`)}
<p class="downloads"><a class="button" href="${root}data/claims/${slug}.csv" download="${name}.csv">Download CSV</a> <a class="button" href="${root}data/evidence/${slug}.json" download="${name}.json">Download JSON</a>${history}</p>`;
}

/** Of which run, code and streams the evidence is. */
export function provenanceSection({ claim, site }: ShownOnPage): Html {
  const seconds = site.sources.provenance?.claimSeconds[claim.id];
  const rows = claim.arms.flatMap((arm) =>
    arm.cells.map((cell) => [
      armName(arm, claim.arms),
      cellWords(cell.cell),
      cell.experiment,
      countText(cell.replicates),
      html`<code>${cell.stream}</code>`,
      html`<code>${claim.digests.get(cell.stream)?.get(cell.replicates) ?? "–"}</code>`,
    ]),
  );
  return html`<h2 id="provenance">Provenance</h2>
${facts([
  [claim.origin === "result" ? "Run" : "Accepted", timeWord(claim.at)],
  ["Commit", claim.commit ? html`<code>${claim.commit.slice(0, 12)}</code>` : "not known"],
  ["Engine", claim.engine],
  ["Seed", html`<code>${claim.seed}</code>`],
  ["Suite", `${claim.suite}, ${Number((100 * claim.share).toPrecision(3))} % of its error budget`],
  ["Claim's content hash", html`<code>${claim.hash.slice(0, 16)}</code>`],
  ...(seconds === undefined ? [] : [["Computing time", secondsText(seconds)] as const]),
])}
<details><summary>Random streams and digests of ${rows.length} ${rows.length === 1 ? "cell" : "cells"}</summary>
${table(["arm", "cell", "experiment", "replicates", "stream", "digest"], rows, "Random streams")}
</details>`;
}
