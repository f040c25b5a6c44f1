import type { Outcome } from "../claim/result.ts";
import { displayWidth } from "../report/layout/display-width.ts";
import { OUTCOME_WORDS, type Tone } from "../report/words/verdict-words.ts";
import type { CitedClaim } from "./cited-claim.ts";

/** Behind white text: each has a contrast of at least 4.5 with it (WCAG 2.2, 1.4.3). */
const COLOURS: { readonly [tone in Tone]: string } = {
  good: "#1a7f37",
  bad: "#cf222e",
  open: "#6e5b00",
  broken: "#6e4b9e",
};

/** Width of a character of 11 px Verdana or DejaVu Sans, on average a little less: text is fitted to it by `textLength`. */
const CHARACTER = 6.8;
const PADDING = 6;
const HEIGHT = 20;

/** A badge in words: `holds · full · 2026-01-02`, of all claims the worst first. */
export interface BadgeWords {
  readonly label: string;
  readonly message: string;
  readonly tone: Tone;
}

/** Worst first: what a badge of several claims must not hide. */
const WORST: readonly Outcome[] = ["fails", "crashed", "timed-out", "undecided", "skipped", "holds"];

/** What a badge says of one or several claims at one tier; the oldest date counts. Needs at least one. */
export function badgeWords(label: string, claims: readonly CitedClaim[]): BadgeWords {
  const worst = WORST.find((outcome) => claims.some((claim) => claim.outcome === outcome))!;
  const { word, tone } = OUTCOME_WORDS[worst];
  const count = claims.filter(({ outcome }) => outcome === worst).length;
  const day = claims.map(({ at }) => at.slice(0, 10)).sort()[0]!;
  const share = claims.length === 1 ? "" : ` ${count} of ${claims.length}`;
  return { label, message: `${word === "fails" ? "refuted" : word}${share} · ${claims[0]!.tier} · ${day}`, tone };
}

/** An SVG that needs nothing from anywhere: no font, script, style sheet or host. Its title is read aloud. */
export function badgeSvg({ label, message, tone }: BadgeWords): string {
  const [left, right] = [widthOf(label), widthOf(message)];
  const width = left + right;
  const words = xml(`${label}: ${message}`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${HEIGHT}" viewBox="0 0 ${width} ${HEIGHT}" role="img" aria-label="${words}">
  <title>${words}</title>
  <rect width="${width}" height="${HEIGHT}" rx="3" fill="${COLOURS[tone]}"/>
  <path d="M3 0h${left - 3}v${HEIGHT}h-${left - 3}a3 3 0 0 1-3-3v-${HEIGHT - 6}a3 3 0 0 1 3-3z" fill="#444c56"/>
  <g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
${textOf(label, 0, left)}
${textOf(message, left, right)}
  </g>
</svg>
`;
}

function textOf(text: string, from: number, width: number): string {
  return `    <text x="${from + PADDING}" y="14" textLength="${width - 2 * PADDING}" lengthAdjust="spacingAndGlyphs">${xml(text)}</text>`;
}

function widthOf(text: string): number {
  return Math.round(displayWidth(text) * CHARACTER) + 2 * PADDING;
}

function xml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
