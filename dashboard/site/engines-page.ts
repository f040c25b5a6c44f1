import type { EngineComparison } from "../../src/claim/engine-comparison.ts";
import type { Provenance } from "../../src/claim/result.ts";
import { aboutEngine, ENGINE_NAMES } from "../../src/lab/engines.ts";
import { summariseEngine } from "../../src/report/engine-summary.ts";
import { countText, secondsText } from "../../src/report/layout/number-text.ts";
import { comparisonWords, engineText } from "../../src/report/words/engine-words.ts";
import { engineFilters, engineMatrix } from "./engine-matrix.ts";
import { claimsOnEngines, ESTIMATE_HEAD, estimateCells, partText, smallText } from "./engine-view.ts";
import { command, facts, page, script, table, text } from "./html.ts";
import { shellWord } from "./shell-word.ts";
import type { EngineRun } from "./sources.ts";
import { timeWord } from "./words.ts";

type Slugs = ReadonlyMap<string, string>;

/** The engines side by side: what each is, which verdicts it came to, and how far its estimates are from the first one's. */
export function enginesPage(run: EngineRun | undefined, slugs: Slugs, agreement = false): string {
  return page(
    { title: "Engines", toc: false },
    `<h1>Engines side by side</h1>
<p class="lead">An engine is what computes. All of them take the same description of an experiment and the same random streams; a claim that holds on one must hold on every other, and their estimates may differ by no more than their arithmetic explains.</p>`,
    ...(run === undefined ? [noRun()] : comparison(run, slugs)),
    `<h2 id="what">What each engine is</h2>
${facts(ENGINE_NAMES.map((name) => [`<b>${name}</b>`, described(name, run)]))}
${agreement ? `<p><a href="./agreement">How far each engine is from the reference</a> on networks made for that, measure by measure, gradients and Hessian-vector products among them.</p>` : ""}
<p>What works on a machine, and what is missing:</p>
${command("npx --no plateau doctor")}`,
    script(
      run === undefined
        ? `
import { enableCopying } from "./components/engines.js";
enableCopying();
`
        : `
import { drawEngines } from "./components/engines.js";
drawEngines(await FileAttachment("./data/engines.json").json(), invalidation);
`,
    ),
  );
}

function noRun(): string {
  return `<p id="none">The result that this site shows ran on one engine, so there is nothing to compare. This makes one that ran on several: the first engine's evidence is the result, the others are held against it. Any engine that this machine has can be named, with a comma before it:</p>
${command("npx --no plateau run vanishing escape --engine wasm,reference")}`;
}

function described(name: string, run: EngineRun | undefined): string {
  const { what, compared, install, command: line } = aboutEngine(name).words;
  const used = run && enginesOf(run).find((engine) => engine.name === name);
  return `${marked(what)} ${marked(compared)}<br><span class="muted">${marked(install)}${line === undefined ? "" : ` <code>${text(line)}</code>`}</span>${
    used === undefined ? "" : `<br>Here: ${text(engineText(used))}`
  }`;
}

/** What stands between backticks as code. */
function marked(words: string): string {
  return words
    .split("`")
    .map((part, index) => (index % 2 === 0 ? text(part) : `<code>${text(part)}</code>`))
    .join("");
}

function enginesOf({ provenance, engines }: EngineRun): readonly Provenance["engine"][] {
  return [provenance.engine, ...engines.others.map(({ engine }) => engine)];
}

function comparison(run: EngineRun, slugs: Slugs): readonly string[] {
  const { evidence, provenance, engines } = run;
  const primary = provenance.engine.name;
  const claims = claimsOnEngines(run);
  const words = [...new Set(evidence.suites.map(({ name }) => shellWord(name)))].join(" ");
  const line = `npx --no plateau run ${words} --tier ${evidence.tier} --seed ${shellWord(evidence.seed)} --engine ${enginesOf(
    run,
  )
    .map(({ name }) => shellWord(name))
    .join(",")}`;
  return [
    facts([
      ["Run", `${timeWord(provenance.startedAt)}, tier ${evidence.tier}, seed <code>${text(evidence.seed)}</code>`],
      ["Commit", provenance.commit ? `<code>${text(provenance.commit.slice(0, 12))}</code>` : "not known"],
      ["Machine", `${text(provenance.platform)}, ${text(provenance.processor)}, Node ${text(provenance.node)}`],
      ["Held against", `<b>${text(primary)}</b>: its evidence is the result`],
    ]),
    `<h2 id="summary">In numbers</h2>
${summaryTable(run)}
<p class="muted">A bound is derived, from roundings and operation counts, or from standard errors where an engine has draws of its own; it is never fitted to what was seen. Verdicts contradict where one engine supports what the other refutes.</p>
<figure id="agreement-chart"><figcaption>Each estimate: the part of its derived bound that the difference takes, on a logarithmic scale. <span class="good">○ inside</span>, <span class="bad">× outside</span></figcaption><div class="chart"></div></figure>`,
    `<h2 id="claims">Claim by claim</h2>
<p class="muted">Each cell: the verdict, the controls that were refuted as they must be, and the estimates that are <em>equal</em> to the last bit, or <em>inside</em> their bounds and up to which part of one.</p>
${engineFilters(claims)}
${engineMatrix(claims, primary, slugs)}`,
    ...engines.others.map((other, at) => engineSection(other, { at, primary, slugs })),
    `<h2 id="again">Do it again</h2>
${command(line)}`,
  ];
}

function summaryTable(run: EngineRun): string {
  const { provenance, engines } = run;
  const first = [
    `<b>${text(provenance.engine.name)}</b>`,
    "held against",
    ...["–", "–", "–", "–", "–"],
    countText(provenance.computed + provenance.found),
    secondsText(provenance.seconds),
  ];
  const rows = engines.others.map((other) => {
    const { arms, disagreeing, unsupported, broken, estimates, outside, unbounded, largestShare } =
      summariseEngine(other);
    const inside = estimates.length - outside.length - unbounded.length;
    return [
      `<b>${text(other.engine.name)}</b>`,
      disagreeing.length === 0
        ? `<span class="badge good"><span aria-hidden="true">✓</span> none</span> of ${arms.length} arms`
        : `<span class="badge bad"><span aria-hidden="true">✗</span> ${disagreeing.length}</span> of ${arms.length} arms`,
      String(unsupported.length + broken.length),
      String(inside),
      outside.length === 0 ? "0" : `<span class="badge bad"><span aria-hidden="true">✗</span> ${outside.length}</span>`,
      String(unbounded.length),
      largestShare === null ? "–" : partText({ share: largestShare, inside: null }),
      countText(other.computed + other.found),
      secondsText(other.seconds),
    ];
  });
  const head = [
    "engine",
    "contradicting verdicts",
    "refused or broken",
    "estimates inside",
    "outside",
    "no bound",
    "largest part",
    "replicates",
    "took",
  ];
  return table(head, [first, ...rows], "Engines in numbers");
}

interface Place {
  readonly at: number;
  readonly primary: string;
  readonly slugs: Slugs;
}

function engineSection(other: EngineComparison, { at, primary, slugs }: Place): string {
  const lines = comparisonWords(other, primary).map((line) => `<li>${text(line)}</li>`);
  const rows = other.claims.flatMap(({ id, arms }) =>
    arms.flatMap((arm) =>
      arm.estimates.map((estimate) => [
        `${slugs.has(id) ? `<a href="./claims/${slugs.get(id)}#engines">${text(id)}</a>` : text(id)}${arm.kind === "control" ? `, control ${text(arm.name)}` : ""}`,
        text(estimate.label) || "the one cell",
        smallText(estimate.primary),
        smallText(estimate.other),
        ...estimateCells(estimate),
      ]),
    ),
  );
  const head = ["claim", "cell", text(primary), text(other.engine.name), ...ESTIMATE_HEAD];
  return `<h2 id="engine-${at + 1}">${text(engineText(other.engine))}</h2>
<ul class="plain">${lines.join("\n")}</ul>
${rows.length === 0 ? "" : `<details><summary>${rows.length} ${rows.length === 1 ? "estimate" : "estimates"} on both engines</summary>\n${table(head, rows, `Estimates on ${text(other.engine.name)}`)}\n</details>`}`;
}
