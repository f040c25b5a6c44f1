import type { Outcome } from "../../../../src/claim/result.ts";
import { budgetWords } from "../../../../src/report/words/budget-words.ts";
import { runSentence } from "../../../../src/report/words/run-sentence.ts";
import { OUTCOME_WORDS } from "../../../../src/report/words/verdict-words.ts";
import { page } from "../../html/page.ts";
import { facts, figure } from "../../html/parts.ts";
import { type Html, html, joined } from "../../html/template.ts";
import { timeWord } from "../../html/words.ts";
import { jsonFile, type PageKind, type Site } from "../../site.ts";
import type { ShownClaim, Sources } from "../../sources/sources.ts";
import { topicsOf } from "../../sources/topics.ts";
import { overviewRows } from "../../views/overview-rows.ts";
import { pathOf } from "../paper/paper-page.ts";
import { changesSection } from "./changes-section.ts";
import { claimFilters } from "./claim-filters.ts";
import { topicTable } from "./topic-table.ts";

/** The first page: whether the paper holds, claim by claim. */
export const overviewPages: PageKind = {
  path: "index",
  entries: () => [{ name: "Overview", path: "/" }],
  draws: "overview",
  files: (site) => [
    { path: "index.md", content: overviewPage(site) },
    jsonFile("data/overview.json", overviewRows(site)),
  ],
};

function overviewPage(site: Site): string {
  const { claims } = site.sources;
  const topics = topicsOf(
    claims.map(({ id }) => id),
    site.topics,
  );
  return page(
    { title: "Overview", toc: false },
    [
      heading(site),
      cards(claims),
      lastRun(site.sources),
      claimFilters(site.sources, topics, site.topics),
      figure(
        "forest",
        html`Each claim's tightest question, in units of its own margin: <span class="good">○ supported</span>, <span class="open">□ undecided</span>, <span class="bad">× refuted</span>`,
      ),
      ...topics.map((topic, at) => topicTable({ topic, at }, site)),
      changesSection(site),
    ],
    { root: "./", module: "overview", call: "drawOverview", data: ["data/overview.json"] },
  );
}

function heading({ papers }: Site): Html {
  const names = papers.map((paper) => html`<a href="./${pathOf(paper)}"><cite>${paper.work.title}</cite></a>`);
  const [noun, verb] = papers.length === 1 ? ["paper", "is"] : ["papers", "are"];
  return html`<h1>${papers.length > 1 ? "Do the papers still hold?" : "Does the paper still hold?"}</h1>
<p class="lead">Plateau turns what a research paper says into experiments that a computer can pass or fail, with error rates that are stated, controlled and measured.${names.length > 0 && html` The ${noun} here ${verb} ${joined(names, ", ")}.`} Each row below is one claim, and links to what was predicted and what was found.</p>`;
}

function cards(claims: readonly ShownClaim[]): Html {
  const count = (...outcomes: readonly Outcome[]) => claims.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const controls = claims.flatMap(({ arms }) => arms.filter(({ kind }) => kind === "control"));
  const refuted = controls.filter(({ state }) => state === "refuted").length;
  const card = (title: string, outcome: Outcome, value: number) =>
    html`<div class="card"><h2><span class="${OUTCOME_WORDS[outcome].tone}" aria-hidden="true">${OUTCOME_WORDS[outcome].symbol}</span> ${title}</h2><span class="big">${value}</span></div>\n`;
  return html`<div class="cards">
${card("Hold", "holds", count("holds"))}
${card("Fail", "fails", count("fails"))}
${card("Undecided or broken", "undecided", count("undecided", "crashed", "timed-out", "skipped"))}
<div class="card"><h2>Controls refuted, as they must be</h2><span class="big">${refuted}<span class="muted"> of ${controls.length}</span></span></div>
</div>`;
}

function lastRun({ result, claims }: Sources): Html {
  if (result === undefined) {
    const newest = claims.map(({ at }) => at).sort();
    return facts([
      ["Source", "accepted baselines: no result of a run was there"],
      ["Last accepted", timeWord(newest.at(-1) ?? "")],
    ]);
  }
  const { evidence, provenance } = result.result;
  const { commit, dirty, startedAt } = provenance;
  return facts([
    ["Last run", html`<a href="./run">${timeWord(startedAt)}</a>, tier ${evidence.tier}`],
    ["Commit", commit ? html`<code>${commit.slice(0, 12)}</code>${dirty && " and uncommitted changes"}` : "not known"],
    ["In one sentence", runSentence(evidence)],
    ["Error budget", joined(budgetWords(evidence), html`<br>`)],
  ]);
}
