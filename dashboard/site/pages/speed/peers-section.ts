import { exactText } from "../../../../src/report/layout/number-text.ts";
import type { PeerRatio } from "../../../browser/speed/speed-data.ts";
import { badge } from "../../html/badges.ts";
import { command, facts, figure, table } from "../../html/parts.ts";
import { type Html, html, joined } from "../../html/template.ts";
import type { OfMachine, PeersFile } from "../../sources/speed-files.ts";
import { ratioOf } from "../../views/speed-view.ts";
import { machineFacts, rateText, timesText } from "./speed-words.ts";

/** Our engines beside other libraries, on each machine that was measured. */
export function peersSection(measured: readonly OfMachine<PeersFile>[]): readonly Html[] {
  return [
    html`<p>Our engines and the other libraries do the same work in turn, on one core to which all of them are pinned where the system can, one thread against one. Each peer does the workload in every way of writing it that we know to be quick there; those that come within 30 % of the quickest of all in a first look, which also compiles them, are timed in each round, and the one with the highest median is the best peer. What counts in a round is processor time of the quickest of four stretches. The ratio is ours over the peer's within the same round, because both then had the same machine; the line shows the least and the most of the rounds, the mark their median. A target is met or missed by the median. Targets come from an earlier measurement of the same libraries; one that is missed stays here as missed.</p>`,
    html`<ul class="legend" aria-label="How to read the ${measured.length === 1 ? "chart" : "charts"}">
<li><span class="good">○</span> target met</li>
<li><span class="bad">×</span> target missed</li>
<li>□ no target</li>
<li><svg width="10" height="14" aria-hidden="true"><path d="M5,0v14" class="target"></path></svg> target</li>
<li>1×: as fast as the best peer</li>
</ul>`,
    ...measured.flatMap(machineSection),
  ];
}

function machineSection({ name, file }: OfMachine<PeersFile>): readonly Html[] {
  const ratios = file.rows.map(ratioOf);
  const rounds = Math.max(...file.rows.map((row) => row.ratios.length));
  return [
    html`<h3 id="peers-${name}">On ${file.machine.processor}</h3>`,
    targetsBlock(ratios),
    figure(`peers-chart-${name}`, "Our rate over the best peer's, on a logarithmic scale"),
    peersTable(file, ratios),
    facts([
      ...machineFacts(file),
      ["Core", file.core === null ? "not pinned: this system cannot" : `pinned to core ${file.core}`],
      ["Rounds", String(rounds)],
      ...file.peers.map((peer) => ["Peer", peerWords(peer)] as const),
      ["Flags of all peers", flagWords(file)],
      ...(file.absent ?? []).map(
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
${missed.length === 0 ? html`<p>No target is missed.</p>` : html`<p>Missed:</p>\n<ul class="missed">${list}</ul>`}`;
}

function peersTable({ rows, machine }: PeersFile, ratios: readonly PeerRatio[]): Html {
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
  return html`<div class="peers">${table(head, cells, `Engines beside other libraries on ${machine.processor}`)}</div>`;
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
