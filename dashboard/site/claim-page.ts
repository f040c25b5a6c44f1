import type { ArmEvidence, UnitEvidence } from "../../src/claim/result.ts";
import { chanceText, countText, secondsText } from "../../src/report/layout/number-text.ts";
import { unitText } from "../../src/report/words/unit-text.ts";
import { claimEnginesSection } from "./claim-engines.ts";
import { command, facts, page, plain, prose, script, table, text } from "./html.ts";
import type { KnownClaim } from "./known-claims.ts";
import type { Papers } from "./paper-data.ts";
import { smallestEffect } from "./power.ts";
import { shellWord } from "./shell-word.ts";
import type { ShownClaim, Sources } from "./sources.ts";
import {
  controlBadge,
  GRADE_WORDS,
  outcomeBadge,
  shortControlBadge,
  stateBadge,
  statisticWord,
  timeWord,
  topicOf,
  topicTitle,
} from "./words.ts";

export interface ClaimPageInput {
  readonly claim: ShownClaim;
  readonly slug: string;
  /** The claim of this checkout where its content hash is that of the evidence. */
  readonly known: KnownClaim | undefined;
  /** Whether raw observations could be read. */
  readonly observed: boolean;
  readonly sources: Sources;
  readonly papers: Papers;
  /** Runs of the history that have this claim. */
  readonly runs: number;
}

/** One claim: what is said, what was predicted, what was found, what would have been seen, how to do it again. */
export function claimPage(input: ClaimPageInput): string {
  const { claim, slug } = input;
  const root = "../".repeat(slug.split("/").length);
  const title = plain(claim.title);
  return page(
    {
      title,
      keywords: [claim.id, claim.outcome, claim.source.grade, topicOf(claim.id)].map(plain).join(", "),
      index: true,
      toc: false,
    },
    `<p class="crumbs"><a href="${root}">Overview</a> <span aria-hidden="true">/</span> <a rel="external" href="${root}?topic=${encodeURIComponent(topicOf(claim.id))}">${topicTitle(topicOf(claim.id))}</a></p>`,
    `<h1>${text(claim.title)}</h1>`,
    `<p class="badges">${outcomeBadge(claim.outcome)} <span class="tag">tier ${claim.tier}</span> <span class="tag grade-${claim.source.grade}">${GRADE_WORDS[claim.source.grade]}</span>${claim.origin === "baseline" ? ' <span class="tag">accepted baseline</span>' : ""}</p>`,
    `<blockquote class="statement">${prose(claim.statement)}</blockquote>`,
    about(input),
    measuredSection(input),
    controlsSection(input),
    powerSection(claim),
    numbersSection(claim),
    claimEnginesSection(claim, input.sources.engineRun, root),
    reproduceSection(input, root),
    provenanceSection(input),
    script(`
import {drawClaim} from "${root}components/claim.js";
const claim = await FileAttachment("${root}data/claims/${slug}.json").json();
drawClaim(claim, invalidation);
`),
  );
}

function about({ claim, known, papers }: ClaimPageInput): string {
  const paper = papers[claim.source.paper];
  const cited = paper
    ? `<a href="${text(paper.url)}" rel="noreferrer">${text(paper.title)}</a>`
    : text(claim.source.paper);
  const grade =
    claim.source.grade === "stated"
      ? "The paper's abstract says it; the numbers and the margin are ours."
      : "Our quantitative consequence of the abstract: if it fails, our reading may be at fault.";
  const assumptions = Object.values(known?.manifest.assumptions ?? {}).map((one) => `<li>${prose(one)}</li>`);
  const prediction = known?.manifest.prediction;
  const stricter = known?.manifest.stricter[claim.tier];
  return facts([
    ["Source", `${cited}, ${text(claim.source.at)}`],
    ["Grade", `<b>${claim.source.grade}</b>. ${grade}`],
    ["Assumptions", assumptions.length > 0 ? `<ul>${assumptions.join("")}</ul>` : notHere(known)],
    ["Why this margin", prediction ? prose(sentence(stricter ?? prediction.because)) : notHere(known)],
    ...(known && known.manifest.rivals.length > 0
      ? [
          [
            "Rivals excluded",
            `<ul>${known.manifest.rivals.map((one) => `<li>${prose(one)}</li>`).join("")}</ul>`,
          ] as const,
        ]
      : []),
  ]);
}

function notHere(known: KnownClaim | undefined): string {
  return known ? "none" : "not in this checkout: the claim was changed or is not here";
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function measuredSection({ claim, known, observed }: ClaimPageInput): string {
  const at = claim.arms.findIndex(({ kind }) => kind === "claimed");
  const arm = claim.arms[at];
  if (arm === undefined) return "";
  return `<h2 id="measured">What was measured</h2>
${legend()}
<section class="arm" aria-label="Claimed experiment">
<p>${stateBadge(arm.state)} ${armSentence(arm, known)}${tierNote(claim, arm)}</p>
${figures(at, observed)}
</section>`;
}

function legend(): string {
  return `<ul class="legend" aria-label="How to read the charts">
<li><svg width="34" height="14" aria-hidden="true"><rect width="34" height="14" class="region"></rect><path d="M17,0v14" class="predicted"></path></svg> predicted value and margin</li>
<li><svg width="16" height="14" aria-hidden="true"><path d="M8,0v14" class="rival"></path></svg> rival value</li>
<li><svg width="34" height="14" aria-hidden="true"><path d="M0,7h34" class="interval"></path><circle cx="17" cy="7" r="4" class="estimate"></circle></svg> measured, with its interval</li>
<li><svg width="34" height="14" aria-hidden="true"><circle cx="5" cy="8" r="1.6" class="raw"></circle><circle cx="14" cy="5" r="1.6" class="raw"></circle><circle cx="20" cy="9" r="1.6" class="raw"></circle><circle cx="29" cy="6" r="1.6" class="raw"></circle></svg> one replicate each</li>
</ul>`;
}

function armSentence(arm: ArmEvidence, known: KnownClaim | undefined): string {
  if (arm.units.length === 0) return text(arm.reason ?? "nothing was judged");
  const measure = known ? ` of ${prose(known.measure)}` : "";
  const cells = arm.units.length === 1 ? "" : ` in each of ${arm.units.length} cells,`;
  const replicates = arm.cells.reduce((sum, cell) => sum + cell.replicates, 0);
  const together = `${countText(replicates)} ${replicates === 1 ? "replicate" : "replicates"}${arm.cells.length > 1 ? " together" : ""}`;
  return `Judged${cells} by ${together}: the ${statisticWord(arm.units[0]!.statistic)}${measure}.`;
}

function tierNote({ tier, outcome }: ShownClaim, { state }: ArmEvidence): string {
  const open = tier === "smoke" && outcome === "undecided" && state === "inconclusive";
  return open ? " At the smoke tier a claim holds as long as it is not refuted; the full tier has to decide it." : "";
}

function figures(at: number, observed: boolean): string {
  const raw = observed
    ? `<figure data-arm="${at}" data-chart="observations"><figcaption>Observations: the first of each cell, one point a replicate</figcaption><div class="chart"></div></figure>`
    : `<p class="muted">The raw observations are not beside this result, so only estimates are drawn.</p>`;
  return `<figure data-arm="${at}" data-chart="estimates"><figcaption>Estimate against prediction</figcaption><div class="chart"></div></figure>
${raw}`;
}

function controlsSection({ claim, known, observed }: ClaimPageInput): string {
  const controls = claim.arms.flatMap((arm, at) => (arm.kind === "control" ? [{ arm, at }] : []));
  const blocks = controls.map(({ arm, at }, index) => {
    const written = known?.manifest.controls[index];
    const broken = written && known?.manifest.assumptions[written.breaks];
    return `<section class="arm control" aria-label="Control ${text(arm.name)}">
<h3 id="control-${index + 1}">Without: ${broken ? prose(broken) : text(arm.name)}</h3>
<p>${controlBadge(arm.state)} ${written ? prose(sentence(written.because)) : ""}${arm.reason ? ` <b>${text(arm.reason)}</b>` : ""}</p>
${arm.units.length === 0 ? "" : figures(at, observed)}
</section>`;
  });
  return `<h2 id="controls">Controls</h2>
<p class="muted">The same experiment with one assumption broken, judged by the same prediction. The claim must fail here, or it says nothing.</p>
${blocks.join("\n")}`;
}

function powerSection(claim: ShownClaim): string {
  const claimed = claim.arms.find(({ kind }) => kind === "claimed");
  if (claimed === undefined || claimed.units.length === 0) return "";
  const level = claimed.units[0]!.level;
  const rows = claimed.units.map((unit) => [
    text(unit.label) || "the one cell",
    marginCell(unit),
    text(unitText(unit).interval),
    smallestEffect(unit),
    unit.wouldNeed
      ? `${countText(Math.max(...unit.wouldNeed))} replicates a cell`
      : unit.state === "inconclusive"
        ? "not known"
        : "enough here",
  ]);
  return `<h2 id="power">Power</h2>
<p class="muted">The smallest effect that would have been seen: with intervals as wide as here, such a true value is refuted but for a chance of about ${chanceText(level)}.</p>
${table(["cell", "region", "measured interval", "would have been seen", "needed to decide"], rows, "Power")}`;
}

function marginCell(unit: UnitEvidence): string {
  const { predicted, margin } = unitText(unit);
  return text(`${predicted} ${margin}`.trim());
}

function numbersSection(claim: ShownClaim): string {
  const rows = claim.arms.flatMap((arm) =>
    arm.units.map((unit) => {
      const { predicted, margin, measured, interval } = unitText(unit);
      return [
        arm.kind === "claimed" ? "claimed" : `control ${text(arm.name)}`,
        text(unit.label) || "the one cell",
        text(predicted) || "–",
        text(margin),
        unit.rivals.map((rival) => text(String(rival))).join(", ") || "–",
        `<b>${text(measured)}</b>`,
        text(interval),
        countText(
          unit.cells.reduce((sum, cell) => sum + (claim.arms.find((one) => one === arm)?.cells[cell]?.counted ?? 0), 0),
        ),
        arm.kind === "claimed" ? stateBadge(unit.state) : shortControlBadge(unit.state),
      ];
    }),
  );
  return `<h2 id="numbers">Numbers</h2>
${table(["arm", "cell", "predicted", "margin", "rivals", "measured", "interval", "replicates", "verdict"], rows, "Numbers")}`;
}

function reproduceSection({ claim, slug, runs }: ClaimPageInput, root: string): string {
  const id = shellWord(claim.id);
  const cell = claim.arms.find(({ kind }) => kind === "claimed")?.cells[0]?.cell ?? {};
  const set = Object.entries(cell).map(([axis, value]) => ` --set ${shellWord(`${axis}=${value}`)}`);
  const name = slug.split("/").at(-1);
  return `<h2 id="reproduce">Do it again</h2>
<p>Judge it again, with the same random streams:</p>
${command(`npx --no plateau run ${id} --tier ${claim.tier} --seed ${shellWord(claim.seed)}`)}
<p>Look at single observations, at any cell you like; this gives no verdict:</p>
${command(`npx --no plateau sample ${id}${set.join("")} --replicates 20 --seed 7`)}
<p class="downloads"><a class="button" href="${root}data/claims/${slug}.csv" download="${name}.csv">Download CSV</a> <a class="button" href="${root}data/evidence/${slug}.json" download="${name}.json">Download JSON</a>${runs > 0 ? ` <a class="button" rel="external" href="${root}history?claim=${encodeURIComponent(slug)}">History, ${countText(runs)} ${runs === 1 ? "run" : "runs"}</a>` : ""}</p>`;
}

function provenanceSection({ claim, sources }: ClaimPageInput): string {
  const seconds = sources.provenance?.claimSeconds[claim.id];
  const rows = claim.arms.flatMap((arm) =>
    arm.cells.map((cell) => [
      arm.kind === "claimed" ? "claimed" : `control ${text(arm.name)}`,
      text(
        Object.entries(cell.cell)
          .map(([axis, value]) => `${axis} ${value}`)
          .join(", "),
      ) || "the one cell",
      text(cell.experiment),
      countText(cell.replicates),
      `<code>${text(cell.stream)}</code>`,
      `<code>${text(cell.blocks[0] ?? "–")}</code>`,
    ]),
  );
  return `<h2 id="provenance">Provenance</h2>
${facts([
  [claim.origin === "result" ? "Run" : "Accepted", timeWord(claim.at)],
  ["Commit", claim.commit ? `<code>${text(claim.commit.slice(0, 12))}</code>` : "not known"],
  ["Engine", text(claim.engine)],
  ["Seed", `<code>${text(claim.seed)}</code>`],
  ["Suite", `${text(claim.suite)}, ${(100 * claim.share).toFixed(1)} % of its error budget`],
  ["Claim's content hash", `<code>${text(claim.hash.slice(0, 16))}</code>`],
  ...(seconds === undefined ? [] : [["Computing time", secondsText(seconds)] as const]),
])}
<details><summary>Random streams and digests of ${rows.length} ${rows.length === 1 ? "cell" : "cells"}</summary>
${table(["arm", "cell", "experiment", "replicates", "stream", "first block"], rows, "Random streams")}
</details>`;
}
