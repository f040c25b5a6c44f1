import { list } from "../../html/parts.ts";
import { type Content, html } from "../../html/template.ts";
import type { Site } from "../../site.ts";
import { changesSince } from "../../views/changes.ts";

/** Changes of one claim that the overview lists; its comparison on the command line has all. */
const SHOWN_CHANGES = 3;

/** What the newest result has otherwise than what was accepted, and what was not compared. */
export function changesSection({ sources, known, slugs }: Site): Content {
  if (sources.result === undefined) return undefined;
  const heading = html`<h2 id="changes">Since the baseline</h2>`;
  if (sources.baselines.size === 0) {
    return html`${heading}<p class="muted">Nothing was accepted yet, so there is nothing to compare with.</p>`;
  }
  const { changed, compared } = changesSince(sources, known)!;
  const items = changed.map(({ id, title, changes: words }) => {
    const slug = slugs.get(id);
    const name = slug ? html`<a href="./claims/${slug}">${title}</a>` : title;
    const more = words.length > SHOWN_CHANGES ? [`and ${words.length - SHOWN_CHANGES} more`] : [];
    return html`${name}${list([...words.slice(0, SHOWN_CHANGES), ...more])}`;
  });
  return html`${heading}${compared.map((one) => html`<p>${one}</p>\n`)}${items.length > 0 && list(items, "changes")}`;
}
