import type { ArmState, Outcome, UnitEvidence } from "../../src/claim/result.ts";
import { budgetWords } from "../../src/report/words/budget-words.ts";
import { runSentence } from "../../src/report/words/run-sentence.ts";
import { unitText } from "../../src/report/words/unit-text.ts";
import { OUTCOME_WORDS } from "../../src/report/words/verdict-words.ts";
import { worstUnit } from "../../src/report/worst-unit.ts";
import type { ChangedClaim } from "./changes.ts";
import { claimsOnEngines } from "./engine-view.ts";
import { facts, page, plain, script, text } from "./html.ts";
import type { EngineRun, ShownClaim, Sources, TierName } from "./sources.ts";
import { GRADE_WORDS, inOrder, outcomeBadge, stateBadge, timeWord, topicOf, topicTitle } from "./words.ts";

/** What the overview's chart draws of a claim: its worst question, in units of its own margin. */
export interface OverviewRow {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly topic: string;
  readonly outcome: Outcome;
  /** Of the claimed arm. */
  readonly state: ArmState;
  readonly grade: "stated" | "derived";
  /** Tiers at which this run or what was accepted has it, and engines that came to a verdict. */
  readonly tiers: readonly TierName[];
  readonly engines: readonly string[];
  readonly middle: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** Changes of one claim that the overview lists; its comparison on the command line has all. */
const SHOWN_CHANGES = 3;
const TIERS = ["smoke", "full", "deep"] as const;

type Slugs = ReadonlyMap<string, string>;

export function overviewRows({ claims, engineRun }: Sources, slugs: Slugs): readonly OverviewRow[] {
  const topics = inOrder([...new Set(claims.map(({ id }) => topicOf(id)))]);
  const sorted = [...claims].sort((a, b) => topics.indexOf(topicOf(a.id)) - topics.indexOf(topicOf(b.id)));
  return sorted.map((claim) => {
    const unit = worstOf(claim);
    return {
      id: plain(claim.id),
      slug: slugs.get(claim.id)!,
      title: plain(claim.title),
      topic: topicOf(claim.id),
      outcome: claim.outcome,
      state: claim.arms.find(({ kind }) => kind === "claimed")?.state ?? "skipped",
      grade: claim.source.grade,
      tiers: tiersOf(claim),
      engines: verdictsOf(claim, engineRun).map(({ engine }) => engine),
      ...(unit ? inMargins(unit) : { middle: null, low: null, high: null }),
    };
  });
}

function tiersOf(claim: ShownClaim): readonly TierName[] {
  return TIERS.filter((tier) => claim.tier === tier || claim.accepted[tier] !== undefined);
}

/** The engines that came to a verdict about a claim, the shown one first. */
function verdictsOf(claim: ShownClaim, run: EngineRun | undefined): readonly EngineVerdict[] {
  const shown = {
    engine: plain(claim.engine),
    state: claim.arms.find(({ kind }) => kind === "claimed")?.state ?? "skipped",
  };
  const others = (run ? claimsOnEngines(run) : []).find(({ id }) => id === claim.id)?.others ?? [];
  const compared = others.flatMap(({ engine, arms }) => {
    const state = arms?.find(({ kind }) => kind === "claimed")?.other ?? "skipped";
    return state === "skipped" ? [] : [{ engine: plain(engine), state }];
  });
  return [shown, ...compared.filter(({ engine }) => engine !== shown.engine)];
}

interface EngineVerdict {
  readonly engine: string;
  readonly state: ArmState;
}

function worstOf(claim: ShownClaim): UnitEvidence | undefined {
  const claimed = claim.arms.find(({ kind }) => kind === "claimed");
  return claimed && worstUnit(claimed);
}

/** The region goes to -1 … 1. Where it has one end, the unit is the distance to the nearest rival, or the interval's half-width. */
function inMargins(unit: UnitEvidence): Pick<OverviewRow, "middle" | "low" | "high"> {
  const [from, to] = unit.region;
  const [low, high] = unit.interval;
  const place = (value: number | null): number | null => {
    if (value === null) return null;
    if (from !== null && to !== null) return to === from ? 0 : (2 * (value - from)) / (to - from) - 1;
    const end = from ?? to ?? 0;
    const half = low !== null && high !== null ? (high - low) / 2 : 0;
    const rival = Math.min(...unit.rivals.map((one) => Math.abs(one - end)));
    const scale = Number.isFinite(rival) && rival > 0 ? rival : half || 1;
    return (from === null ? 1 : -1) + (value - end) / scale;
  };
  return { middle: place(unit.estimate), low: place(low), high: place(high) };
}

export function overviewPage(sources: Sources, changed: readonly ChangedClaim[], slugs: Slugs): string {
  const { claims } = sources;
  const topics = inOrder([...new Set(claims.map(({ id }) => topicOf(id)))]);
  return page(
    { title: "Overview", toc: false },
    `<h1>Does the paper still hold?</h1>
<p class="lead">Plateau turns what a research paper says into experiments that a computer can pass or fail, with error rates that are stated, controlled and measured. Its first paper is <a href="./paper"><cite>Vanishing Curvature and the Power of Adaptive Methods in Randomly Initialized Deep Networks</cite></a>: each row below is one claim, and each links to what was predicted and what was found.</p>`,
    cards(claims),
    lastRun(sources),
    filters(sources, topics),
    `<figure id="forest"><figcaption>Each claim's tightest question, in units of its own margin: <span class="good">○ supported</span>, <span class="open">□ undecided</span>, <span class="bad">× refuted</span></figcaption><div class="chart"></div></figure>`,
    topics.map((topic) => topicTable(topic, sources, slugs)).join("\n"),
    changes(sources, changed, slugs),
    script(`
import { drawOverview } from "./components/overview.js";
drawOverview(await FileAttachment("./data/overview.json").json(), invalidation);
`),
  );
}

function cards(claims: readonly ShownClaim[]): string {
  const count = (...outcomes: readonly Outcome[]) => claims.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const controls = claims.flatMap(({ arms }) => arms.filter(({ kind }) => kind === "control"));
  const refuted = controls.filter(({ state }) => state === "refuted").length;
  const card = (title: string, outcome: Outcome, value: number) =>
    `<div class="card"><h2><span class="${OUTCOME_WORDS[outcome].tone}" aria-hidden="true">${OUTCOME_WORDS[outcome].symbol}</span> ${title}</h2><span class="big">${value}</span></div>`;
  return `<div class="cards">
${card("Hold", "holds", count("holds"))}
${card("Fail", "fails", count("fails"))}
${card("Undecided or broken", "undecided", count("undecided", "crashed", "timed-out", "skipped"))}
<div class="card"><h2>Controls refuted, as they must be</h2><span class="big">${refuted}<span class="muted"> of ${controls.length}</span></span></div>
</div>`;
}

function lastRun({ result, claims }: Sources): string {
  if (result === undefined) {
    const newest =
      claims
        .map(({ at }) => at)
        .sort()
        .at(-1) ?? "";
    return facts([
      ["Source", "accepted baselines: no result of a run was there"],
      ["Last accepted", timeWord(newest)],
    ]);
  }
  const { evidence, provenance } = result.result;
  return facts([
    ["Last run", `<a href="./run">${timeWord(provenance.startedAt)}</a>, tier ${evidence.tier}`],
    [
      "Commit",
      provenance.commit
        ? `<code>${text(provenance.commit.slice(0, 12))}</code>${provenance.dirty ? " and uncommitted changes" : ""}`
        : "not known",
    ],
    ["In one sentence", text(runSentence(evidence))],
    ["Error budget", budgetWords(evidence).map(text).join("<br>")],
  ]);
}

function filters({ claims, engineRun }: Sources, topics: readonly string[]): string {
  const outcomes = [...new Set(claims.map(({ outcome }) => outcome))];
  const engines = [...new Set(claims.flatMap((claim) => verdictsOf(claim, engineRun).map(({ engine }) => engine)))];
  const tiers = TIERS.filter((tier) => claims.some((claim) => tiersOf(claim).includes(tier)));
  const option = (value: string, label: string) => `<option value="${text(value)}">${label}</option>`;
  return `<h2 id="claims">Claims</h2>
<form id="filters" class="filters" role="search" aria-label="Filter the claims">
<label>Search <input type="search" name="q" placeholder="curvature, width, …" autocomplete="off"></label>
<label>Topic <select name="topic">${option("", "all")}${topics.map((topic) => option(topic, topicTitle(topic))).join("")}</select></label>
<label>State <select name="outcome">${option("", "all")}${outcomes.map((one) => option(one, OUTCOME_WORDS[one].word)).join("")}</select></label>
<label>Grade <select name="grade">${option("", "all")}${Object.entries(GRADE_WORDS)
    .map(([grade, word]) => option(grade, word))
    .join("")}</select></label>
<label>Tier <select name="tier">${option("", "any")}${tiers.map((tier) => option(tier, tier)).join("")}</select></label>
<label>Engine <select name="engine">${option("", "any")}${engines.map((engine) => option(engine, text(engine))).join("")}</select></label>
<output id="shown" role="status">${claims.length} of ${claims.length} claims</output>
</form>`;
}

function topicTable(topic: string, { claims, engineRun }: Sources, slugs: Slugs): string {
  const tiers = TIERS.filter((tier) => claims.some((claim) => tiersOf(claim).includes(tier)));
  const rows = claims
    .filter(({ id }) => topicOf(id) === topic)
    .map((claim) => row(claim, { tiers, verdicts: verdictsOf(claim, engineRun) }, slugs));
  const sort = (label: string, kind: string) =>
    `<th scope="col" data-sort="${kind}"><button type="button">${label}</button></th>`;
  return `<section class="topic" data-topic="${text(topic)}" aria-labelledby="topic-${text(topic)}">
<h3 id="topic-${text(topic)}">${topicTitle(topic)}</h3>
<div class="scroll" tabindex="0" role="region" aria-label="Claims: ${topicTitle(topic)}"><table class="claims"><thead><tr>${sort("claim", "text")}${tiers.map((tier) => sort(tier, "text")).join("")}${sort("predicted", "number")}${sort("measured", "number")}${sort("controls", "number")}</tr></thead>
<tbody>${rows.join("\n")}</tbody></table></div>
</section>`;
}

interface Shown {
  readonly tiers: readonly TierName[];
  readonly verdicts: readonly EngineVerdict[];
}

function row(claim: ShownClaim, { tiers, verdicts }: Shown, slugs: Slugs): string {
  const unit = worstOf(claim);
  const words = unit && unitText(unit);
  const controls = claim.arms.filter(({ kind }) => kind === "control");
  const refuted = controls.filter(({ state }) => state === "refuted").length;
  const supported = controls.filter(({ state }) => state === "supported").length;
  const href = `./claims/${slugs.get(claim.id)!}`;
  const predicted = words ? text(`${words.predicted} ${words.margin}`.trim()) : "–";
  return `<tr data-slug="${slugs.get(claim.id)!}" data-topic="${text(topicOf(claim.id))}" data-outcome="${claim.outcome}" data-grade="${claim.source.grade}">
<th scope="row"><a href="${href}">${text(claim.title)}</a> <span class="tag grade-${claim.source.grade}">${claim.source.grade}</span>${verdicts.slice(1).map(onEngine).join("")}</th>
${tiers.map((tier) => `<td>${tierCell(claim, tier)}</td>`).join("")}
<td data-value="${unit?.predicted ?? unit?.region[1] ?? unit?.region[0] ?? ""}">${predicted}</td>
<td data-value="${unit?.estimate ?? ""}">${words ? text(words.measured) : "–"}${unit?.label ? `<br><small>${text(unit.label)}</small>` : ""}</td>
<td data-value="${controls.length === 0 ? "" : refuted / controls.length}">${supported > 0 ? `<span class="badge bad">✗ ${supported} supported</span>` : `${refuted} of ${controls.length} refuted`}</td>
</tr>`;
}

/** Shown where the filter asks for that engine. */
function onEngine({ engine, state }: EngineVerdict): string {
  return `<small class="on-engine" data-engine="${text(engine)}" hidden>on ${text(engine)}: ${stateBadge(state)}</small>`;
}

/** What this run found, or else what was accepted at that tier. */
function tierCell(claim: ShownClaim, tier: TierName): string {
  if (claim.tier === tier) return outcomeBadge(claim.outcome);
  const accepted = claim.accepted[tier];
  return accepted === undefined
    ? `<span class="muted">–</span>`
    : `<span class="accepted" title="accepted baseline">${outcomeBadge(accepted)}</span>`;
}

function changes({ result, baselines }: Sources, changed: readonly ChangedClaim[], slugs: Slugs): string {
  if (result === undefined) return "";
  const heading = `<h2 id="changes">Since the baseline</h2>`;
  if (baselines.size === 0) {
    return `${heading}<p class="muted">Nothing was accepted yet, so there is nothing to compare with.</p>`;
  }
  if (changed.length === 0) return `${heading}<p>Nothing changed: no verdict, no estimate, no byte.</p>`;
  const items = changed.map(({ id, title, changes: words }) => {
    const slug = slugs.get(id);
    const name = slug ? `<a href="./claims/${slug}">${text(title)}</a>` : text(title);
    const more = words.length > SHOWN_CHANGES ? `<li>and ${words.length - SHOWN_CHANGES} more</li>` : "";
    return `<li>${name}<ul>${words
      .slice(0, SHOWN_CHANGES)
      .map((one) => `<li>${text(one)}</li>`)
      .join("")}${more}</ul></li>`;
  });
  return `${heading}<ul class="changes">${items.join("\n")}</ul>`;
}
