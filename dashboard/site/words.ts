import type { ArmState, Outcome } from "../../src/claim/result.ts";
import { OUTCOME_WORDS, STATE_WORDS } from "../../src/report/words/verdict-words.ts";
import { text } from "./html.ts";

/** A verdict by symbol, word and colour. */
export function outcomeBadge(outcome: Outcome): string {
  const { symbol, word, tone } = OUTCOME_WORDS[outcome];
  return `<span class="badge ${tone}"><span aria-hidden="true">${symbol}</span> ${word}</span>`;
}

export function stateBadge(state: ArmState): string {
  const { symbol, word, tone } = STATE_WORDS[state];
  return `<span class="badge ${tone}"><span aria-hidden="true">${symbol}</span> ${word}</span>`;
}

/** A control must be refuted: its badge says whether it is as it must be. */
export function controlBadge(state: ArmState): string {
  if (state === "refuted")
    return `<span class="badge good"><span aria-hidden="true">✓</span> refuted, as it must be</span>`;
  if (state === "supported")
    return `<span class="badge bad"><span aria-hidden="true">✗</span> supported, and must not be</span>`;
  return stateBadge(state);
}

/** The same in one word. */
export function shortControlBadge(state: ArmState): string {
  const [symbol, tone] = state === "refuted" ? ["✓", "good"] : state === "supported" ? ["✗", "bad"] : [];
  if (symbol === undefined) return stateBadge(state);
  return `<span class="badge ${tone}"><span aria-hidden="true">${symbol}</span> ${STATE_WORDS[state].word}</span>`;
}

export const GRADE_WORDS = {
  stated: "stated in the abstract",
  derived: "derived by us",
} as const;

const TOPICS: Readonly<Record<string, string>> = {
  norms: "Norms of the signal",
  width: "Width against depth",
  chains: "Chains of one unit a layer",
  gradients: "Gradients",
  shapes: "Shapes of networks",
  digits: "Real digits",
  sampling: "How networks are drawn",
  escape: "Escape from the plateau",
};

export function topicOf(id: string): string {
  return id.split("/")[1] ?? "other";
}

/** Topics as a reader meets them; unknown ones last. */
export function inOrder(topics: readonly string[]): readonly string[] {
  const place = (topic: string) => (Object.keys(TOPICS).indexOf(topic) + 100) % 100;
  return [...topics].sort((a, b) => (place(a) === place(b) ? (a < b ? -1 : 1) : place(a) - place(b)));
}

export function topicTitle(topic: string): string {
  return TOPICS[topic] ?? text(topic);
}

const STATISTICS: Readonly<Record<string, string>> = {
  mean: "mean",
  median: "median",
  variance: "variance",
  proportion: "share of networks",
  slope: "slope",
  regression: "slope of the regression",
  difference: "difference",
  law: "largest distance between the laws",
  "same-law": "largest distance between the laws",
  identity: "discrepancy in units of its rounding bound",
  bytes: "differing bytes",
  "standardised-moment": "standardised moment",
};

export function statisticWord(statistic: string): string {
  return STATISTICS[statistic] ?? statistic;
}

/** `2026-11-23 17:41 UTC`. */
export function timeWord(at: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/.exec(at);
  return match ? `${match[1]} ${match[2]} UTC` : text(at);
}

/** The page of a claim below `claims/`: its id where that is a plain path, else a made one. */
export function slugOf(id: string, index: number): string {
  return /^[a-z0-9-]{1,80}(\/[a-z0-9-]{1,80}){2}$/.test(id) ? id : `other/${index}`;
}
