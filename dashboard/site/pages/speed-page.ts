import { exactText } from "../../../src/report/layout/number-text.ts";
import { unitTime } from "../../../src/report/terminal/speed-text.ts";
import type { PeerRatio } from "../../browser/speed/speed-data.ts";
import { badge } from "../html/badges.ts";
import { page } from "../html/page.ts";
import { command, facts, figure, table } from "../html/parts.ts";
import { type Content, type Html, html, joined } from "../html/template.ts";
import { timeWord } from "../html/words.ts";
import { jsonFile, type PageKind, type Site } from "../site.ts";
import type { KernelsFile, PeersFile, SpeedFiles } from "../sources/speed-files.ts";
import { engineAtEnd, ratioOf, speedData } from "../views/speed-view.ts";

const REPOSITORY_FOLDER = "baselines/speed";

/** How fast the engines are: beside other libraries, and against what the machine can do at most. */
export const speedPages: PageKind = {
  path: "speed",
  entries: (site) => (isShown(site) ? [{ name: "Speed", path: "/speed" }] : []),
  draws: "speed",
  files: (site) =>
    isShown(site)
      ? [
          { path: "speed.md", content: speedPage(site.sources.speed) },
          jsonFile("data/speed.json", speedData(site.sources.speed)),
        ]
      : [],
};

/** Speed of the engines is measured where they are made, and wherever somebody has kept a measurement. */
function isShown({ ownEngines, sources: { speed } }: Site): boolean {
  return ownEngines || speed.peers !== undefined || speed.kernels !== undefined;
}

export function speedPage({ peers, kernels }: SpeedFiles): string {
  return page(
    { title: "Speed", toc: false },
    [
      html`<h1>Speed</h1>
<p class="lead">Two questions: how fast are Plateau's engines beside the libraries that one would otherwise write such experiments with, and which part of what one core can do at all do they reach?</p>`,
      html`<h2 id="peers">Beside other libraries</h2>`,
      ...(peers === undefined ? [noPeers()] : peersSection(peers)),
      html`<h2 id="limits">Against the machine's limit</h2>`,
      ...(kernels === undefined ? [noKernels()] : kernelsSection(kernels)),
      html`<h2 id="slower">Did it get slower?</h2>
<p>Speeds of two machines, or of two days, are never compared. Whether a change made something slower is measured with both commits interleaved in one job, in rounds whose number is fixed before the first:</p>
${command("npm run speed -- --base main")}`,
    ],
    { root: "./", module: "speed", call: "drawSpeed", data: ["data/speed.json"] },
  );
}

function noPeers(): Html {
  return html`<p>No measurement beside other libraries has been committed. This makes one; PyTorch, JAX or NumPy must be installed for the Python that <code>PLATEAU_PYTHON</code> names:</p>
${command(`npm run --silent speed:peers -- --json > ${REPOSITORY_FOLDER}/peers.json`)}`;
}

function noKernels(): Html {
  return html`<p>No measurement of the kernels has been committed. This makes one:</p>
${command(`npm run --silent speed -- --json > ${REPOSITORY_FOLDER}/kernels.json`)}`;
}

function peersSection(peers: PeersFile): readonly Html[] {
  const ratios = peers.rows.map(ratioOf);
  const rounds = Math.max(...peers.rows.map((row) => row.ratios.length));
  return [
    targetsBlock(ratios),
    html`<p>Our engines and the other libraries do the same work in turn, on one core${peers.core === null ? "" : " to which all of them are pinned"}, one thread against one. Each peer does the workload in every way of writing it that we know to be quick there; those that come within 30 % of the quickest of all in a first look, which also compiles them, are timed in each of the ${rounds} rounds, and the one with the highest median is the best peer. What counts in a round is processor time of the quickest of four stretches. The ratio is ours over the peer's within the same round, because both then had the same machine; the line shows the least and the most of the rounds, the mark their median. A target is met or missed by the median. Targets come from an earlier measurement of the same libraries; one that is missed stays here as missed.</p>`,
    html`<ul class="legend" aria-label="How to read the chart">
<li><span class="good">○</span> target met</li>
<li><span class="bad">×</span> target missed</li>
<li>□ no target</li>
<li><svg width="10" height="14" aria-hidden="true"><path d="M5,0v14" class="target"></path></svg> target</li>
<li>1×: as fast as the best peer</li>
</ul>
${figure("peers-chart", "Our rate over the best peer's, on a logarithmic scale")}`,
    peersTable(peers, ratios),
    facts([
      ...machineFacts(peers),
      ["Core", peers.core === null ? "not pinned: this system cannot" : `pinned to core ${peers.core}`],
      ...peers.peers.map((peer) => ["Peer", peerWords(peer)] as const),
      ["Flags of all peers", flagWords(peers)],
      ...(peers.absent ?? []).map(
        ({ workload, engine, absent }) => ["Not here", `${engine} on ${workload}, because ${absent}`] as const,
      ),
      ["Measure it yourself", command("npm run speed:peers")],
    ]),
  ];
}

function targetsBlock(ratios: readonly PeerRatio[]): Html {
  const of = (verdict: PeerRatio["verdict"]) => ratios.filter((each) => each.verdict === verdict);
  const missed = of("missed");
  const aimed = ratios.length - of("none").length;
  const list = missed.map(
    ({ workload, engine, median, target }) =>
      html`<li><b>${workload}</b> on ${engine}: ${timesText(median)} the best peer, target ${exactText(target!, 3)}×</li>\n`,
  );
  return html`<div class="cards">
<div class="card"><h2><span class="good" aria-hidden="true">✓</span> Targets met</h2><span class="big">${of("met").length}<span class="muted"> of ${aimed}</span></span></div>
<div class="card"><h2><span class="bad" aria-hidden="true">✗</span> Targets missed</h2><span class="big">${missed.length}<span class="muted"> of ${aimed}</span></span></div>
<div class="card"><h2>As fast as the best peer, or faster</h2><span class="big">${ratios.filter(({ median }) => median >= 1).length}<span class="muted"> of ${ratios.length}</span></span></div>
</div>
${missed.length === 0 ? html`<p>No target is missed.</p>` : html`<p>Missed:</p>\n<ul id="missed">${list}</ul>`}`;
}

function peersTable({ rows }: PeersFile, ratios: readonly PeerRatio[]): Html {
  const cells = rows.map(({ workload, unit, engine, ours, peer, best, target }, at) => {
    const { median, ratios: rounds, verdict } = ratios[at]!;
    return [
      workload,
      engine,
      html`<b>${timesText(median)}</b> (${timesText(Math.min(...rounds))} to ${timesText(Math.max(...rounds))})`,
      target === undefined ? "none" : `${exactText(target, 3)}×`,
      verdictBadge(verdict),
      `${rateText(ours)} ${unit}/s`,
      `${rateText(peer)} ${unit}/s`,
      best,
    ];
  });
  const head = ["workload", "engine", "ratio (least to most)", "target", "verdict", "ours", "best peer", "which"];
  return html`<div class="peers">${table(head, cells, "Engines beside other libraries")}</div>`;
}

function verdictBadge(verdict: PeerRatio["verdict"]): Html {
  if (verdict === "none") return html`<span class="muted">shown only</span>`;
  return verdict === "met" ? badge("good", "✓", "met") : badge("bad", "✗", "missed");
}

function peerWords({ versions }: PeersFile["peers"][number]): string {
  return Object.entries(versions)
    .map(([library, version]) => `${library} ${version}`)
    .join(", ");
}

/** All peers run under the same ones; where one has others, each set is said. */
function flagWords({ peers }: PeersFile): Html {
  const sets = new Map(peers.map(({ flags }) => [JSON.stringify(flags), Object.entries(flags)]));
  const lines = [...sets.values()].map((flags) =>
    joined(
      flags.map(([name, value]) => html`<code>${name}=${value}</code>`),
      html`<br>`,
    ),
  );
  return lines.length === 0 ? html`none` : joined(lines, html`<br>or<br>`);
}

function kernelsSection(kernels: KernelsFile): readonly Html[] {
  const { limits, nativeLimits, benchmarks } = kernels;
  const limited = benchmarks.filter(({ shareOfLimit }) => shareOfLimit !== undefined).length;
  return [
    html`<p>What a kernel needs at the least is counted by hand: multiplications and additions, operations on 32-bit integers, bytes to and from main memory. What one core can do at most is measured in the same process run, by loops that do nothing else. The part of the limit is the least time by those two numbers over the time that the kernel takes. Kernels of WebAssembly are held to the limits of its 128-bit vectors; those of <code>native</code> to those of the processor's own instructions, where it was built. OpenBLAS uses these too and is held to the former, so that it may come out beyond 100 %. ${limited} of ${benchmarks.length} benchmarks have a known limit; the others are in the table without one.</p>`,
    figure("limits-chart", "Part of the limit of one core that each kernel reaches"),
    facts([
      ...machineFacts(kernels),
      ["WebAssembly", limitWords(limits)],
      ...(nativeLimits === undefined ? [] : [["The processor's own", limitWords(nativeLimits)] as const]),
      ["Measure it yourself", command("npm run speed")],
    ]),
    html`<details><summary>All ${benchmarks.length} benchmarks</summary>
${table(["benchmark", "workload", "engine", "time a unit", "unit", "needs", "part of the limit"], benchmarks.map(kernelRow), "Benchmarks of kernels")}
</details>`,
  ];
}

/** 10⁹ operations, or bytes, a second. */
function limitWords({ double, doubleFused, single, singleFused, words, bytes }: KernelsFile["limits"]): string {
  const billions = (rate: number) => (rate / 1e9).toPrecision(3);
  const floats = `float64 ${billions(double)} (fused ${billions(doubleFused)}), float32 ${billions(single)} (fused ${billions(singleFused)})`;
  return `${floats}, 32-bit integers ${billions(words)} · 10⁹ operations a second; memory ${billions(bytes)} · 10⁹ bytes`;
}

function kernelRow({ file, name, unit, milliseconds, needs, shareOfLimit }: KernelsFile["benchmarks"][number]) {
  const { workload, engine } = engineAtEnd(name);
  return [
    file,
    workload,
    engine ?? "–",
    unitTime(milliseconds),
    unit,
    needs === undefined ? "not known" : needsText(needs),
    shareOfLimit === undefined ? "not known" : html`<b>${Math.round(100 * shareOfLimit)} %</b>`,
  ];
}

function needsText({ double, single, words, bytes, fused }: NonNullable<KernelsFile["benchmarks"][number]["needs"]>) {
  const parts = [
    [double, `float64${fused ? ", fused" : ""}`],
    [single, `float32${fused ? ", fused" : ""}`],
    [words, "integer"],
    [bytes, "bytes"],
  ] as const;
  return parts.flatMap(([count, what]) => (count ? [`${rateText(count)} ${what}`] : [])).join("; ") || "nothing";
}

function machineFacts({ machine, at, commit }: PeersFile | KernelsFile): readonly (readonly [string, Content])[] {
  const { processor, platform, cores, node } = machine;
  return [
    ["Machine", `${processor}, ${platform}, ${cores} usable ${cores === 1 ? "core" : "cores"}, Node ${node}`],
    ...(at === undefined ? [] : [["Measured", timeWord(at)] as const]),
    ...(commit ? [["Commit", html`<code>${commit.slice(0, 12)}</code>`] as const] : []),
  ];
}

function timesText(ratio: number): string {
  return `${exactText(Number(ratio.toPrecision(3)), 4)}×`;
}

/** Three significant digits; large ones with separated thousands. */
function rateText(rate: number): string {
  if (rate >= 1e7) return `${(rate / 1e6).toLocaleString("en-US", { maximumSignificantDigits: 3 })} million`;
  return rate.toLocaleString("en-US", { maximumSignificantDigits: 3 });
}
