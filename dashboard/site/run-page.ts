import { countText, secondsText } from "../../src/report/layout/number-text.ts";
import { budgetWords, levelWords } from "../../src/report/words/budget-words.ts";
import { undecidedWords } from "../../src/report/words/undecided-words.ts";
import { command, facts, page, script, table, text } from "./html.ts";
import { shellWord } from "./shell-word.ts";
import type { ShownClaim, Sources } from "./sources.ts";
import { timeWord } from "./words.ts";

/** What was run, where, with which seed and budget, and how long it took. */
export function runPage(sources: Sources): string {
  return sources.result === undefined ? acceptedPage(sources.claims) : resultPage(sources.result.result);
}

function resultPage({ evidence, provenance }: NonNullable<Sources["result"]>["result"]): string {
  const suites = evidence.suites.map(({ name, title, errors, shares }) => [
    text(name),
    text(title),
    countText(evidence.claims.filter(({ suite }) => suite === name).length),
    String(errors.falseVerdict),
    String(errors.undecided),
    `${(100 * shares).toFixed(1)} %`,
  ]);
  const undecided = undecidedWords(evidence);
  const names = evidence.suites.map(({ name }) => shellWord(name)).join(" ");
  return page(
    { title: "Run", toc: false },
    `<h1>Run of ${timeWord(provenance.startedAt)}</h1>`,
    facts([
      ["Tier", evidence.tier],
      ["Seed", `<code>${text(evidence.seed)}</code>`],
      [
        "Commit",
        provenance.commit
          ? `<code>${text(provenance.commit)}</code>${provenance.dirty ? " and uncommitted changes" : ""}`
          : "not known",
      ],
      ["Engine", engineWords(provenance.engine)],
      ["Plateau", text(provenance.plateau)],
      ["Node", text(provenance.node)],
      [
        "Machine",
        `${text(provenance.platform)}, ${text(provenance.processor)}, ${provenance.cores} cores, ${provenance.workers} workers`,
      ],
      ["Took", secondsText(provenance.seconds)],
      ["Replicates", `${countText(provenance.computed)} computed, ${countText(provenance.found)} found again`],
      ["Meaning of verdicts", `<a href="./interpreting">version ${evidence.interpreting}</a>`],
    ]),
    `<h2 id="again">Do it again</h2>
${command(`npx --no plateau run ${names} --tier ${evidence.tier} --seed ${shellWord(evidence.seed)}`)}`,
    `<h2 id="budget">Error budget</h2>
<p>${[...budgetWords(evidence), ...levelWords(evidence)].map(text).join("<br>")}</p>
${table(["suite", "what it is about", "claims", "P(false verdict)", "P(undecided)", "shares given"], suites, "Suites")}`,
    `<h2 id="undecided">What could not be decided</h2>
${undecided.length === 0 ? "<p>Nothing: every arm was decided.</p>" : `<ul>${undecided.map((line) => `<li>${text(line)}</li>`).join("\n")}</ul>`}`,
    `<h2 id="timings">Timings</h2>
<p class="muted">Computing time of each claim, summed over workers; observations found again cost nothing.</p>
<figure id="timings-chart"><figcaption>Seconds a claim</figcaption><div class="chart"></div></figure>`,
    script(`
import { drawTimings } from "./components/timings.js";
drawTimings(await FileAttachment("./data/timings.json").json(), invalidation);
`),
  );
}

/** `reference 1`; other libraries that an engine uses stand behind it. */
function engineWords({
  name,
  versions,
}: {
  readonly name: string;
  readonly versions: Readonly<Record<string, string>>;
}) {
  const { [name]: own = "", ...others } = versions;
  const used = Object.entries(others).map(([library, version]) => `${library} ${version}`);
  return text(`${name} ${own}`.trim() + (used.length > 0 ? `, with ${used.join(", ")}` : ""));
}

function acceptedPage(claims: readonly ShownClaim[]): string {
  const rows = claims.map(({ title, tier, seed, commit, engine, at }) => [
    text(title),
    tier,
    `<code>${text(seed)}</code>`,
    commit ? `<code>${text(commit.slice(0, 12))}</code>` : "not known",
    text(engine),
    timeWord(at),
  ]);
  return page(
    { title: "Run", toc: false },
    `<h1>Accepted baselines</h1>
<p class="lead">No result of a run was there, so the site shows what was accepted, claim by claim.</p>`,
    table(["claim", "tier", "seed", "commit", "engine", "accepted"], rows, "Accepted baselines"),
  );
}
