import { countText, secondsText } from "../../../src/report/layout/number-text.ts";
import { undecidedWords } from "../../../src/report/words/undecided-words.ts";
import { budget } from "../html/budget.ts";
import { page } from "../html/page.ts";
import { command, facts, figure, list, table } from "../html/parts.ts";
import { readable } from "../html/readable.ts";
import { shellWord } from "../html/shell-word.ts";
import { type Html, html } from "../html/template.ts";
import { plain } from "../html/tex.ts";
import { timeWord } from "../html/words.ts";
import { jsonFile, type PageKind, type Site } from "../site.ts";
import type { ShownClaim, Sources } from "../sources/sources.ts";
import { withNumbers } from "../views/arm-name.ts";

/** What was run, where, with which seed and budget, and how long it took. */
export const runPages: PageKind = {
  path: "run",
  entries: () => [{ name: "Run", path: "/run" }],
  draws: "run",
  files: (site) => {
    const { result, claims } = site.sources;
    const content = result === undefined ? acceptedPage(claims) : resultPage(result.result, site);
    return [{ path: "run.md", content }, jsonFile("data/timings.json", timingsOf(site))];
  },
};

function timingsOf({ sources: { claims, provenance }, slugs }: Site) {
  return claims.map(({ id, title }) => ({
    title: plain(title),
    slug: slugs.get(id),
    seconds: provenance?.claimSeconds[id] ?? 0,
  }));
}

type RunResult = NonNullable<Sources["result"]>["result"];

function resultPage({ evidence, provenance }: RunResult, site: Site): string {
  const names = evidence.suites.map(({ name }) => shellWord(name)).join(" ");
  return page(
    { title: "Run", toc: false },
    [
      html`<h1>Run of ${timeWord(provenance.startedAt)}</h1>`,
      runFacts({ evidence, provenance }),
      html`<h2 id="again">Do it again</h2>
${command(`npx --no -- plateau run ${names} --tier ${evidence.tier} --seed ${shellWord(evidence.seed)}`)}`,
      html`<h2 id="budget">Error budget</h2>
${budget(evidence)}
${suitesTable(evidence)}`,
      html`<h2 id="undecided">What could not be decided</h2>
${undecidedList(evidence, site)}`,
      html`<h2 id="timings">Timings</h2>
<p class="muted">Computing time of each claim, summed over workers; observations found again cost nothing.</p>
${figure("timings-chart", "Seconds a claim")}`,
    ],
    { root: "./", module: "run", call: "drawTimings", data: ["data/timings.json"] },
  );
}

/** Undecided arms that a page lists without being asked: a smoke run of many claims has dozens. */
const MOST_LISTED = 12;

function undecidedList(evidence: RunResult["evidence"], { slugs }: Site): Html {
  const items = undecidedWords({ ...evidence, claims: withNumbers(evidence.claims) }).map((words) => {
    const claim = evidence.claims.find(({ id }) => words.startsWith(id) && /^[:,]/.test(words.slice(id.length)));
    if (claim === undefined) return readable(words);
    return html`<a href="./claims/${slugs.get(claim.id)}">${claim.title}</a>${readable(words.slice(claim.id.length))}`;
  });
  if (items.length === 0) return html`<p>Nothing: every arm was decided.</p>`;
  if (items.length <= MOST_LISTED) return list(items);
  return html`<details><summary>${items.length} arms, and how many replicates would decide each</summary>
${list(items)}</details>`;
}

function runFacts({ evidence, provenance }: Pick<RunResult, "evidence" | "provenance">) {
  const { commit, dirty, platform, processor, cores, workers } = provenance;
  return facts([
    ["Tier", evidence.tier],
    ["Seed", html`<code>${evidence.seed}</code>`],
    ["Commit", commit ? html`<code>${commit}</code>${dirty && " and uncommitted changes"}` : "not known"],
    ["Engine", engineWords(provenance.engine)],
    ["Plateau", provenance.plateau],
    ["Node", provenance.node],
    ["Machine", `${platform}, ${processor}, ${cores} cores, ${workers} workers`],
    ["Took", secondsText(provenance.seconds)],
    ["Replicates", `${countText(provenance.computed)} computed, ${countText(provenance.found)} found again`],
    ["Meaning of verdicts", html`<a href="./interpreting">version ${evidence.interpreting}</a>`],
  ]);
}

function suitesTable({ suites, claims }: RunResult["evidence"]) {
  const rows = suites.map(({ name, title, errors, shares }) => [
    name,
    title,
    countText(claims.filter(({ suite }) => suite === name).length),
    errors.falseVerdict,
    errors.undecided,
    `${Number((100 * shares).toPrecision(3))} %`,
  ]);
  return table(
    ["suite", "what it is about", "claims", "P(false verdict)", "P(undecided)", "shares given"],
    rows,
    "Suites",
  );
}

/** `reference 1`; other libraries that an engine uses stand behind it. */
function engineWords({
  name,
  versions,
}: {
  readonly name: string;
  readonly versions: Readonly<Record<string, string>>;
}): string {
  const { [name]: own = "", ...others } = versions;
  const used = Object.entries(others).map(([library, version]) => `${library} ${version}`);
  return `${name} ${own}`.trim() + (used.length > 0 ? `, with ${used.join(", ")}` : "");
}

function acceptedPage(claims: readonly ShownClaim[]): string {
  const rows = claims.map(({ title, tier, seed, commit, engine, at }) => [
    title,
    tier,
    html`<code>${seed}</code>`,
    commit ? html`<code>${commit.slice(0, 12)}</code>` : "not known",
    engine,
    timeWord(at),
  ]);
  return page({ title: "Run", toc: false }, [
    html`<h1>Accepted baselines</h1>
<p class="lead">No result of a run was there, so the site shows what was accepted, claim by claim.</p>`,
    table(["claim", "tier", "seed", "commit", "engine", "accepted"], rows, "Accepted baselines"),
  ]);
}
