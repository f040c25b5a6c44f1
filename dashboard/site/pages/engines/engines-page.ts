import type { EngineComparison } from "../../../../src/claim/engine-comparison.ts";
import type { Provenance } from "../../../../src/claim/result.ts";
import { aboutEngine, ENGINE_NAMES } from "../../../../src/lab/engines.ts";
import { summariseEngine } from "../../../../src/report/engine-summary.ts";
import { countText, secondsText } from "../../../../src/report/layout/number-text.ts";
import { comparisonWords, engineText } from "../../../../src/report/words/engine-words.ts";
import { badge } from "../../html/badges.ts";
import { page } from "../../html/page.ts";
import { command, facts, figure, list, table } from "../../html/parts.ts";
import { readable } from "../../html/readable.ts";
import { shellWord } from "../../html/shell-word.ts";
import { type Html, html } from "../../html/template.ts";
import { timeWord } from "../../html/words.ts";
import { jsonFile, type PageKind, type Slugs } from "../../site.ts";
import type { EngineRun } from "../../sources/sources.ts";
import type { Topics } from "../../sources/topics.ts";
import { armName, withNumbers } from "../../views/arm-name.ts";
import {
  claimsOnEngines,
  ESTIMATE_HEAD,
  enginesData,
  estimateCells,
  partText,
  smallText,
} from "../../views/engine-view.ts";
import { hasAgreement } from "../agreement-page.ts";
import { engineFilters, engineMatrix } from "./engine-matrix.ts";

/** The engines side by side: what each is, which verdicts it came to, and how far its estimates are from the first one's. */
export const enginesPages: PageKind = {
  path: "engines",
  entries: () => [{ name: "Engines", path: "/engines" }],
  draws: "engines",
  files: ({ sources: { engineRun }, slugs, topics }) => [
    { path: "engines.md", content: enginesPage(engineRun, slugs, topics) },
    jsonFile("data/engines.json", engineRun === undefined ? null : enginesData(engineRun, slugs)),
  ],
};

export function enginesPage(run: EngineRun | undefined, slugs: Slugs, topics: Topics): string {
  return page(
    { title: "Engines", toc: false },
    [
      html`<h1>Engines side by side</h1>
<p class="lead">An engine is what computes. All of them take the same description of an experiment and the same random streams; a claim that holds on one must hold on every other, and their estimates may differ by no more than their arithmetic explains.</p>`,
      ...(run === undefined ? [noRun()] : comparison(run, slugs, topics)),
      html`<h2 id="what">What each engine is</h2>
${facts(ENGINE_NAMES.map((name) => [html`<b>${name}</b>`, described(name, run)]))}
${hasAgreement() && html`<p><a href="./agreement">How far each engine is from the reference</a> on networks made for that, measure by measure, gradients and Hessian-vector products among them.</p>`}
<p>What works on a machine, and what is missing:</p>
${command("npx --no -- plateau doctor")}`,
    ],
    { root: "./", module: "engines", call: "drawEngines", data: ["data/engines.json"] },
  );
}

function noRun(): Html {
  return html`<p id="none">The result that this site shows ran on one engine, so there is nothing to compare. This makes one that ran on several: the first engine's evidence is the result, the others are held against it. Any engine that this machine has can be named, with a comma before it:</p>
${command("npx --no -- plateau run --engine wasm,reference")}`;
}

function described(name: string, run: EngineRun | undefined): Html {
  const { what, compared, install, command: line } = aboutEngine(name).words;
  const used = run && enginesOf(run).find((engine) => engine.name === name);
  const how = html`<span class="muted">${marked(install)}${line && html` <code>${line}</code>`}</span>`;
  return html`${marked(what)} ${marked(compared)}<br>${how}${used && html`<br>Here: ${engineText(used)}`}`;
}

/** What stands between backticks as code. */
function marked(words: string): Html {
  return html`${words.split("`").map((part, index) => (index % 2 === 0 ? part : html`<code>${part}</code>`))}`;
}

function enginesOf({ provenance, engines }: EngineRun): readonly Provenance["engine"][] {
  return [provenance.engine, ...engines.others.map(({ engine }) => engine)];
}

function comparison(run: EngineRun, slugs: Slugs, topics: Topics): readonly Html[] {
  const { evidence, provenance, engines } = run;
  const primary = provenance.engine.name;
  const claims = claimsOnEngines(run);
  const words = [...new Set(evidence.suites.map(({ name }) => shellWord(name)))].join(" ");
  const line = `npx --no -- plateau run ${words} --tier ${evidence.tier} --seed ${shellWord(evidence.seed)} --engine ${enginesOf(
    run,
  )
    .map(({ name }) => shellWord(name))
    .join(",")}`;
  return [
    facts([
      ["Run", html`${timeWord(provenance.startedAt)}, tier ${evidence.tier}, seed <code>${evidence.seed}</code>`],
      ["Commit", provenance.commit ? html`<code>${provenance.commit.slice(0, 12)}</code>` : "not known"],
      ["Machine", `${provenance.platform}, ${provenance.processor}, Node ${provenance.node}`],
      ["Held against", html`<b>${primary}</b>: its evidence is the result`],
    ]),
    html`<h2 id="summary">In numbers</h2>
${summaryTable(run)}
<p class="muted">A bound is derived, from roundings and operation counts, or from standard errors where an engine has draws of its own or no bound follows from roundings; it is never fitted to what was seen. Verdicts contradict where one engine supports what the other refutes.</p>
${figure("agreement-chart", html`Each estimate: the part of its derived bound that the difference takes, on a logarithmic scale. <span class="good">○ inside</span>, <span class="bad">× outside</span>`)}`,
    html`<h2 id="claims">Claim by claim</h2>
<p class="muted">Each cell: the verdict, the controls that were refuted as they must be, and the estimates that are <em>equal</em> to the last bit, or <em>inside</em> their bounds and up to which part of one.</p>
${engineFilters(claims, topics)}
${engineMatrix(claims, primary, slugs)}`,
    ...engines.others.map((other, at) => engineSection(other, { at, primary, slugs })),
    html`<h2 id="again">Do it again</h2>
${command(line)}`,
  ];
}

function summaryTable(run: EngineRun): Html {
  const { provenance, engines } = run;
  const first = [
    html`<b>${provenance.engine.name}</b>`,
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
      html`<b>${other.engine.name}</b>`,
      disagreeing.length === 0
        ? html`${badge("good", "✓", "none")} of ${arms.length} arms`
        : html`${badge("bad", "✗", disagreeing.length)} of ${arms.length} arms`,
      String(unsupported.length + broken.length),
      String(inside),
      outside.length === 0 ? "0" : badge("bad", "✗", outside.length),
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

function engineSection(other: EngineComparison, { at, primary, slugs }: Place): Html {
  const rows = other.claims.flatMap(({ id, arms }) =>
    arms.flatMap((arm) =>
      arm.estimates.map((estimate) => [
        html`${slugs.has(id) ? html`<a href="./claims/${slugs.get(id)}#engines">${id}</a>` : id}${arm.kind === "control" ? `, ${armName(arm, arms)}` : ""}`,
        estimate.label || "the one cell",
        smallText(estimate.primary),
        smallText(estimate.other),
        ...estimateCells(estimate),
      ]),
    ),
  );
  const head = ["claim", "cell", primary, other.engine.name, ...ESTIMATE_HEAD];
  return html`<h2 id="engine-${at + 1}">${engineText(other.engine)}</h2>
${list(comparisonWords({ ...other, claims: withNumbers(other.claims) }, primary).map(readable), "plain")}
${rows.length === 0 ? "" : html`<details><summary>${rows.length} ${rows.length === 1 ? "estimate" : "estimates"} on both engines</summary>\n${table(head, rows, `Estimates on ${other.engine.name}`)}\n</details>`}`;
}
