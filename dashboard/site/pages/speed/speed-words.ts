import { exactText } from "../../../../src/report/layout/number-text.ts";
import { type Content, html } from "../../html/template.ts";
import { timeWord } from "../../html/words.ts";
import type { KernelsFile, PeersFile } from "../../sources/speed-files.ts";

/** What a measurement was made on, when, and of which code. */
export function machineFacts({
  machine,
  at,
  commit,
}: PeersFile | KernelsFile): readonly (readonly [string, Content])[] {
  const { processor, platform, cores, node } = machine;
  return [
    ["Machine", `${processor}, ${platform}, ${cores} usable ${cores === 1 ? "core" : "cores"}, Node ${node}`],
    ...(at === undefined ? [] : [["Measured", timeWord(at)] as const]),
    ...(commit ? [["Commit", html`<code>${commit.slice(0, 12)}</code>`] as const] : []),
  ];
}

export function timesText(ratio: number): string {
  return `${exactText(Number(ratio.toPrecision(3)), 4)}×`;
}

/** Three significant digits; large ones with separated thousands. */
export function rateText(rate: number): string {
  if (rate >= 1e7) return `${(rate / 1e6).toLocaleString("en-US", { maximumSignificantDigits: 3 })} million`;
  return rate.toLocaleString("en-US", { maximumSignificantDigits: 3 });
}
