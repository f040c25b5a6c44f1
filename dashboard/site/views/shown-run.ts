import { type Html, html, joined } from "../html/template.ts";
import { timeWord } from "../html/words.ts";
import type { Sources } from "../sources/sources.ts";

/** What a site shows and from when it is, for the foot of every page; a browser adds how old that is. */
export function shownRun({ result, claims }: Pick<Sources, "result" | "claims">): Html {
  if (result === undefined) {
    const at =
      claims
        .map((claim) => claim.at)
        .sort()
        .at(-1) ?? "";
    return html`Shows accepted baselines, the last of ${time(at)}.`;
  }
  const { evidence, provenance } = result.result;
  const { commit, dirty, engine, startedAt } = provenance;
  const code =
    commit === null
      ? "no commit"
      : html`commit <code>${commit.slice(0, 12)}</code>${dirty && " with uncommitted changes"}`;
  const parts = [`tier ${evidence.tier}`, `engine ${engine.name}`, html`seed <code>${evidence.seed}</code>`, code];
  return html`Shows the run of ${time(startedAt)}: ${joined(parts, ", ")}.`;
}

function time(at: string): Html {
  return html`<time datetime="${at}">${timeWord(at)}</time><span class="age"></span>`;
}
