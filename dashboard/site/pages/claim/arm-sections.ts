import type { ArmEvidence } from "../../../../src/claim/result.ts";
import { shownAs, statisticWords } from "../../../../src/predictions/named.ts";
import { countText } from "../../../../src/report/layout/number-text.ts";
import { openParts, partInterval } from "../../../../src/report/words/part-words.ts";
import { controlBadge, stateBadge } from "../../html/badges.ts";
import { type Content, type Html, html } from "../../html/template.ts";
import { prose } from "../../html/tex.ts";
import { firstPart, sentence } from "../../html/words.ts";
import type { KnownClaim } from "../../sources/known-claims.ts";
import type { ShownClaim } from "../../sources/sources.ts";
import { axisOf, detailOf } from "../../views/claim-view.ts";
import { spaced } from "../../views/picture/across-axis.ts";
import type { ShownOnPage } from "./claim-page.ts";

/** The claimed experiment: its verdict, and its charts. */
export function measuredSection({ claim, known, observed }: ShownOnPage): Content {
  const at = claim.arms.findIndex(({ kind }) => kind === "claimed");
  const arm = claim.arms[at];
  if (arm === undefined) return undefined;
  return html`<h2 id="measured">What was measured</h2>
${legend()}
<section class="arm" aria-label="Claimed experiment">
<p>${stateBadge(arm.state)} ${armSentence(arm, { claim, known })}${openNote(arm)}${tierNote(claim, arm)}</p>
${figures(at, { claim, known, observed })}
</section>`;
}

function legend(): Html {
  return html`<ul class="legend" aria-label="How to read the charts">
<li><svg width="34" height="14" aria-hidden="true"><rect width="34" height="14" class="region"></rect><path d="M17,0v14" class="predicted"></path></svg> predicted value and margin</li>
<li><svg width="16" height="14" aria-hidden="true"><path d="M8,0v14" class="rival"></path></svg> rival value</li>
<li><svg width="34" height="14" aria-hidden="true"><path d="M0,7h34" class="interval"></path><circle cx="17" cy="7" r="4" class="estimate"></circle></svg> measured, with its interval</li>
<li><svg width="34" height="14" aria-hidden="true"><circle cx="5" cy="8" r="1.6" class="raw"></circle><circle cx="14" cy="5" r="1.6" class="raw"></circle><circle cx="20" cy="9" r="1.6" class="raw"></circle><circle cx="29" cy="6" r="1.6" class="raw"></circle></svg> one replicate each</li>
</ul>`;
}

function armSentence(arm: ArmEvidence, { claim, known }: Pick<ShownOnPage, "claim" | "known">): Content {
  if (arm.units.length === 0) return arm.reason ?? "nothing was judged";
  const measure = known && html`${joint(arm)} ${prose(measureWords(arm, known))}`;
  const cells = arm.units.length > 1 && ` in each of ${arm.units.length} cells,`;
  const replicates = sumOf(arm, "replicates");
  const together = `${countText(replicates)} ${replicates === 1 ? "replicate" : "replicates"}${arm.cells.length > 1 ? " together" : ""}`;
  return html`Judged${cells} by ${together}: the ${statisticWords(arm.units[0]!.statistic, detailOf(arm, { claim, known }))}${measure}.${countedNote(arm, known)}`;
}

/** A statistic is of a measure, or of two held against each other; a band's is of all that are named there. */
function joint({ units }: ArmEvidence): string {
  return isOfSeveral(units[0]!.statistic) ? ":" : " of";
}

function measureWords({ units }: ArmEvidence, { measure, measures, manifest }: KnownClaim): string {
  if (!isOfSeveral(units[0]!.statistic)) return measure;
  const [first] = Object.values(manifest.tiers).flatMap((arms) => arms.flatMap((arm) => arm.units));
  const names = (first?.groups[0]?.columns ?? []).map((name) => firstPart(measures[name] ?? name));
  return names.join(", ");
}

/** Whether the question is about several measures of a replicate. */
function isOfSeveral(statistic: string): boolean {
  return ["pairs", "cloud", "band"].includes(shownAs(statistic).chart);
}

/** Where a claim speaks of some replicates only, the others were drawn and do not count. */
function countedNote(arm: ArmEvidence, known: KnownClaim | undefined): Content {
  const [replicates, counted] = [sumOf(arm, "replicates"), sumOf(arm, "counted")];
  if (counted === replicates) return undefined;
  const given = known?.given;
  return html` ${countText(counted)} of them count${given === undefined ? "" : html`: the claim speaks only of those with “${prose(given)}”`}; the other ${countText(replicates - counted)} were drawn and left out.`;
}

function sumOf({ cells }: ArmEvidence, of: "replicates" | "counted"): number {
  return cells.reduce((sum, cell) => sum + cell[of], 0);
}

/** Of a question about several things, those that keep it undecided. */
function openNote({ units }: ArmEvidence): Content {
  const open = units.flatMap(openParts).map((part) => `${part.label} (${partInterval(part)})`);
  return open.length > 0 && html` Open: ${open.join(", ")}.`;
}

function tierNote({ tier, outcome }: ShownClaim, { state }: ArmEvidence): Content {
  const open = tier === "smoke" && outcome === "undecided" && state === "inconclusive";
  return open && " At the smoke tier a claim holds as long as it is not refuted; the full tier has to decide it.";
}

function rawTitle({ units }: ArmEvidence, measure: string): string {
  if (units.some(({ statistic }) => isOfSeveral(statistic))) return "Each measure";
  return measure === "" ? "Observations" : sentence(measure);
}

/** Their captions say what the axes are of. */
function figures(at: number, { claim, known, observed }: Pick<ShownOnPage, "claim" | "known" | "observed">): Html {
  const arm = claim.arms[at]!;
  const measure = firstPart(known?.measure ?? "");
  const axis = axisOf(arm.units[0]?.statistic ?? "", { measure, detail: detailOf(arm, { claim, known }) });
  const raw = observed
    ? html`<figure data-arm="${at}" data-chart="observations"><figcaption>${rawTitle(arm, measure)}: the first replicates of each cell, a point each</figcaption><div class="chart"></div></figure>`
    : html`<p class="muted">The raw observations are not beside this result, so only estimates are drawn.</p>`;
  return html`<figure data-arm="${at}" data-chart="estimates"><figcaption>${sentence(axis)}: estimate against prediction</figcaption><div class="chart"></div></figure>
${raw}`;
}

/** Each control: which assumption is broken, why the claim must fail there, and that it does. */
export function controlsSection({ claim, known, observed }: ShownOnPage): Html {
  const controls = claim.arms.flatMap((arm, at) => (arm.kind === "control" ? [{ arm, at }] : []));
  const blocks = controls.map(({ arm, at }, index) => {
    const written = known?.manifest.controls[index];
    const broken = written && known?.manifest.assumptions[written.breaks];
    return html`<section class="arm control" aria-label="Control ${index + 1}">
<h3 id="control-${index + 1}">Control ${index + 1}, without: ${broken ? prose(broken) : spaced(arm.name)}</h3>
<p>${controlBadge(arm.state)} ${written && html`${prose(sentence(written.because))}.`}${arm.reason && html` <b>${arm.reason}</b>`}${openNote(arm)}</p>
${arm.units.length > 0 && figures(at, { claim, known, observed })}
</section>
`;
  });
  return html`<h2 id="controls">Controls</h2>
<p class="muted">The same experiment with one assumption broken, judged by the same prediction. The claim must fail here, or it says nothing.</p>
${blocks}`;
}
