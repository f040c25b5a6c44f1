import type { ComparedArm } from "../../../../src/claim/engine-comparison.ts";
import type { ArmEvidence } from "../../../../src/claim/result.ts";
import { badge, stateBadge } from "../../html/badges.ts";
import { option } from "../../html/parts.ts";
import { type Content, type Html, html, joined } from "../../html/template.ts";
import type { Slugs } from "../../site.ts";
import { type Topics, topicOf, topicsOf, topicTitle } from "../../sources/topics.ts";
import { type ClaimOnEngines, partText } from "../../views/engine-view.ts";

/** Topic, engine and what to look for; the choice is in the address. */
export function engineFilters(claims: readonly ClaimOnEngines[], titles: Topics): Html {
  const topics = topicsOf(
    claims.map(({ id }) => id),
    titles,
  );
  const others = claims[0]?.others.map(({ engine }) => engine) ?? [];
  return html`<form id="filters" class="filters" role="search" aria-label="Filter the claims">
<label>Topic <select name="topic">${option("", "all")}${topics.map((topic) => option(topic, topicTitle(topic, titles)))}</select></label>
<label>Engine <select name="engine">${option("", "any")}${others.map((name) => option(name, name))}</select></label>
<label>Which <select name="which">${option("", "all")}${option("differs", "contradicts or outside")}${option("refused", "refused or broken")}${option("inside", "inside every bound")}</select></label>
<output id="shown" role="status">${claims.length} of ${claims.length} claims</output>
</form>`;
}

/** A row for each claim, a column for each engine. */
export function engineMatrix(claims: readonly ClaimOnEngines[], primary: string, slugs: Slugs): Html {
  const others = claims[0]?.others ?? [];
  const head = ["claim", primary, ...others.map(({ engine }) => engine)];
  const rows = claims.map((claim) => {
    const cells = claim.others.map(
      ({ engine, arms }) =>
        html`<td data-engine="${engine}" data-which="${arms === undefined ? "" : whichOf(arms).join(" ")}">${arms === undefined ? "–" : engineCell(claim.arms, arms)}</td>`,
    );
    return html`<tr data-topic="${topicOf(claim.id)}"><th scope="row">${claimLink(claim, slugs)}</th><td>${primaryCell(claim.arms)}</td>${cells}</tr>\n`;
  });
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Claims on each engine"><table class="claims" id="engine-matrix"><thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

function claimLink({ id, title }: Pick<ClaimOnEngines, "id" | "title">, slugs: Slugs): Content {
  const slug = slugs.get(id);
  return slug === undefined ? title : html`<a href="./claims/${slug}#engines">${title}</a>`;
}

function primaryCell(arms: readonly ArmEvidence[]): Html {
  const claimed = arms.find(({ kind }) => kind === "claimed");
  const controls = arms.filter(({ kind }) => kind === "control");
  const refuted = controls.filter(({ state }) => state === "refuted").length;
  return html`${claimed ? stateBadge(claimed.state) : "–"}<br><small>controls ${refuted}/${controls.length}</small>`;
}

/** Verdict, controls, and the largest part of a bound. */
function engineCell(primary: readonly ArmEvidence[], arms: readonly ComparedArm[]): Html {
  const claimed = arms.find(({ kind }) => kind === "claimed");
  const controls = arms.filter(({ kind }) => kind === "control");
  const refuted = controls.filter(({ other }) => other === "refuted").length;
  const refused = arms.reduce((sum, { unsupported }) => sum + unsupported.length, 0);
  const state =
    claimed && claimed.unsupported.length > 0
      ? badge("open", "○", "refused")
      : claimed
        ? stateBadge(claimed.other)
        : "–";
  const all = primary.filter(({ kind }) => kind === "control").length;
  const words = [
    `controls ${refuted}/${all}`,
    ...(refused > 0 ? [`${refused} ${refused === 1 ? "cell" : "cells"} refused`] : []),
    ...agreementWords(arms),
  ];
  return html`${state}<br><small>${joined(words, " · ")}</small>`;
}

function agreementWords(arms: readonly ComparedArm[]): readonly Content[] {
  const estimates = arms.flatMap((arm) => arm.estimates);
  if (estimates.length === 0) return [];
  const outside = estimates.filter(({ inside }) => inside === false).length;
  if (outside > 0) return [badge("bad", "✗", `${outside} outside`)];
  const shares = estimates.flatMap(({ share }) => (share === null ? [] : [share]));
  if (shares.length === 0) return [`${estimates.length} without a bound`];
  if (estimates.every(({ paired }) => paired?.differing === 0)) return [`${estimates.length} equal`];
  return [`${shares.length} inside, up to ${partText({ share: Math.max(...shares), inside: true })}`];
}

/** What the filter can ask for. */
function whichOf(arms: readonly ComparedArm[]): readonly string[] {
  const estimates = arms.flatMap((arm) => arm.estimates);
  const differs = arms.some(contradicts) || estimates.some(({ inside }) => inside === false);
  const refused = arms.some(
    ({ unsupported, other }) => unsupported.length > 0 || other === "crashed" || other === "timed-out",
  );
  const inside =
    !differs && !refused && estimates.length > 0 && estimates.every((estimate) => estimate.inside === true);
  return [...(differs ? ["differs"] : []), ...(refused ? ["refused"] : []), ...(inside ? ["inside"] : [])];
}

function contradicts({ primary, other }: ComparedArm): boolean {
  return [primary, other].sort().join() === "refuted,supported";
}
