import { badge, originTags, outcomeBadge, stateBadge } from "../../html/badges.ts";
import { sortHeader } from "../../html/parts.ts";
import { type Html, html } from "../../html/template.ts";
import type { Site } from "../../site.ts";
import type { ShownClaim, TierName } from "../../sources/sources.ts";
import { topicOf, topicTitle } from "../../sources/topics.ts";
import { type EngineVerdict, TIERS, tiersOf, verdictsOf, worstOf } from "../../views/overview-rows.ts";
import { pageText } from "../../views/page-text.ts";
import { claimsWords } from "./sentences-section.ts";

interface TopicPlace {
  readonly topic: string;
  /** Among the topics of the page. */
  readonly at: number;
}

interface TierColumn {
  readonly tier: TierName;
  readonly styles: string;
}

/** The claims of a topic: verdicts by tier, what was predicted and measured, and the controls. */
export function topicTable({ topic, at }: TopicPlace, site: Site): Html {
  const { claims } = site.sources;
  const title = topicTitle(topic, site.topics);
  const tiers = TIERS.filter((tier) => claims.some((claim) => tiersOf(claim).includes(tier)));
  const own = claims.filter(({ id }) => topicOf(id) === topic);
  const columns = tiers.map((tier) => ({
    tier,
    // a phone has no room for more than what this run says
    styles: own.some((claim) => claim.tier === tier) ? "" : "of-baseline",
  }));
  const rows = own.map((claim) => claimRow(claim, columns, site));
  const headers = [
    sortHeader("claim", "text"),
    ...columns.map(({ tier, styles }) => sortHeader(tier, "text", styles)),
    ...["predicted", "measured", "controls"].map((label) => sortHeader(label, "number")),
  ];
  // A heading with an id is given a link by Framework, and a summary, which is a button, may not hold one.
  return html`<section class="topic" data-topic="${topic}" aria-labelledby="topic-${at + 1}">
<details${isOpen(own, claims) && html` open`}><summary><h3><span id="topic-${at + 1}">${title}</span></h3> <span class="muted">${claimsWords(own)}</span></summary>
<div class="scroll" tabindex="0" role="region" aria-label="Claims: ${title}"><table class="claims"><thead><tr>${headers}</tr></thead>
<tbody>${rows}</tbody></table></div>
</details></section>`;
}

/** Claims that a page shows row by row: from here on, a topic without trouble is one line, which opens. */
const MOST_OPEN = 40;

function isOpen(own: readonly ShownClaim[], all: readonly ShownClaim[]): boolean {
  return all.length <= MOST_OPEN || own.some(({ outcome }) => outcome !== "holds" && outcome !== "undecided");
}

function claimRow(claim: ShownClaim, columns: readonly TierColumn[], { sources, slugs }: Site): Html {
  const unit = worstOf(claim);
  const words = unit && pageText(unit);
  const slug = slugs.get(claim.id)!;
  const predicted = words ? `${words.predicted} ${words.margin}`.trim() : "–";
  const verdicts = verdictsOf(claim, sources.engineRun).slice(1);
  return html`<tr data-slug="${slug}" data-topic="${topicOf(claim.id)}" data-outcome="${claim.outcome}" data-grade="${claim.source.grade}">
<th scope="row"><a href="./claims/${slug}">${claim.title}</a> <span class="tag grade-${claim.source.grade}">${claim.source.grade}</span>${originTags(claim)}${verdicts.map(onEngine)}</th>
${columns.map(({ tier, styles }) => html`<td class="${styles}">${tierCell(claim, tier)}</td>`)}
<td data-value="${unit?.predicted ?? unit?.region[1] ?? unit?.region[0]}">${predicted}</td>
<td data-value="${unit?.estimate}">${words ? words.measured : "–"}${unit?.label && html`<br><small>${unit.label}</small>`}</td>
${controlsCell(claim)}
</tr>
`;
}

function controlsCell({ arms }: ShownClaim): Html {
  const controls = arms.filter(({ kind }) => kind === "control");
  const refuted = controls.filter(({ state }) => state === "refuted").length;
  const supported = controls.filter(({ state }) => state === "supported").length;
  const words =
    supported > 0 ? badge("bad", "✗", `${supported} supported`) : `${refuted} of ${controls.length} refuted`;
  return html`<td data-value="${controls.length > 0 && refuted / controls.length}">${words}</td>`;
}

/** Shown where the filter asks for that engine. */
function onEngine({ engine, state }: EngineVerdict): Html {
  return html`<small class="on-engine" data-engine="${engine}" hidden>on ${engine}: ${stateBadge(state)}</small>`;
}

/** What this run found, or else what was accepted at that tier. */
function tierCell(claim: ShownClaim, tier: TierName): Html {
  if (claim.tier === tier) return outcomeBadge(claim.outcome);
  const accepted = claim.accepted[tier];
  return accepted === undefined
    ? html`<span class="muted">–</span>`
    : html`<span class="accepted" title="accepted baseline">${outcomeBadge(accepted)}</span>`;
}
