import { wholeBudgetWords } from "../../../../src/report/words/budget-words.ts";
import { runSentence } from "../../../../src/report/words/run-sentence.ts";
import type { SignalData } from "../../../browser/play/messages.ts";
import { defaultSignal } from "../../../play/default-signal.ts";
import { budget } from "../../html/budget.ts";
import { page, playFiles } from "../../html/page.ts";
import { facts, figure } from "../../html/parts.ts";
import { type Html, html, joined } from "../../html/template.ts";
import { timeWord } from "../../html/words.ts";
import { jsonFile, type PageKind, type Site } from "../../site.ts";
import type { ShownClaim, Sources } from "../../sources/sources.ts";
import { topicsOf } from "../../sources/topics.ts";
import { overviewRows } from "../../views/overview-rows.ts";
import { countOutcomes } from "../../views/sentences.ts";
import { pathOf } from "../paper/paper-page.ts";
import { changesSection } from "./changes-section.ts";
import { claimFilters } from "./claim-filters.ts";
import { papersSection, sentencesSection, tally } from "./sentences-section.ts";
import { signalSection } from "./signal-section.ts";
import { topicTable } from "./topic-table.ts";

/** The first page: whether the paper holds, claim by claim. */
export const overviewPages: PageKind = {
  path: "index",
  entries: () => [{ name: "Overview", path: "/" }],
  draws: "overview",
  files: async function* (site) {
    const signal = site.plays ? await defaultSignal() : null;
    yield { path: "index.md", content: overviewPage(site, signal) };
    yield jsonFile("data/overview.json", overviewRows(site));
    yield jsonFile("data/signal.json", signal);
  },
};

function overviewPage(site: Site, signal: SignalData | null): string {
  const { claims } = site.sources;
  const topics = topicsOf(
    claims.map(({ id }) => id),
    site.topics,
  );
  return page(
    { title: "Overview", toc: false },
    [
      heading(site),
      papersSection(site),
      sentencesSection(site),
      signal && signalSection(signal),
      cards(claims),
      lastRun(site.sources),
      claimFilters(site.sources, topics, site.topics),
      figure(
        "forest",
        html`Each claim where it is closest to its limits: the shaded band is what was predicted, the line what was measured with its uncertainty. <span class="good">○ supported</span>, <span class="open">□ undecided</span>, <span class="bad">× refuted</span>`,
      ),
      ...topics.map((topic, at) => topicTable({ topic, at }, site)),
      changesSection(site),
    ],
    {
      root: "./",
      module: "overview",
      call: "drawOverview",
      data: ["data/overview.json", "data/signal.json", playFiles(site)],
    },
  );
}

function heading({ papers, sources }: Site): Html {
  const names = papers.map((paper) => html`<a href="./${pathOf(paper)}"><cite>${paper.work.title}</cite></a>`);
  const [noun, verb] = papers.length === 1 ? ["paper", "is"] : ["papers", "are"];
  return html`<h1>${papers.length > 1 ? "Do the papers still hold?" : "Does the paper still hold?"}</h1>
<p class="lead">Plateau turns what a research paper says into experiments that a computer can pass or fail, with error rates that are stated, controlled and measured.${names.length > 0 && html` The ${noun} here ${verb} ${joined(names, ", ")}.`}</p>
${sources.result && html`<p class="sure">${wholeBudgetWords(sources.result.result.evidence)}</p>`}`;
}

/** Stated and derived claims apart: what the paper says is not what we made of it. */
function cards(claims: readonly ShownClaim[]): Html {
  const controls = claims.flatMap(({ arms }) => arms.filter(({ kind }) => kind === "control"));
  const refuted = controls.filter(({ state }) => state === "refuted").length;
  const card = (title: string, { value, of, note }: { value: number; of: number; note: string }) =>
    html`<div class="card"><h2>${title}</h2><span class="big">${value}<span class="muted"> of ${of}</span></span><small>${note}</small></div>\n`;
  const graded = (grade: "stated" | "derived") => {
    const counts = countOutcomes(claims, grade);
    return { value: counts.hold, of: counts.all, note: tally(counts) };
  };
  return html`<div class="cards">
${card("Claims as the paper states them that hold", graded("stated"))}
${card("Consequences that we derived that hold", graded("derived"))}
${card("Controls that fail, as they must", { value: refuted, of: controls.length, note: "the same experiments with one assumption broken" })}
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
    ["Error budget", budget(evidence)],
  ]);
}
