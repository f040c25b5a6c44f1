import type { ArmState, ClaimEvidence, Outcome } from "../../../src/claim/result.ts";
import { originParts } from "../../../src/report/words/origin-words.ts";
import { OUTCOME_WORDS, STATE_WORDS, type Tone } from "../../../src/report/words/verdict-words.ts";
import { type Content, type Html, html } from "./template.ts";

/** Symbol, words and colour: each says it alone. */
export function badge(tone: Tone, symbol: string, words: Content): Html {
  return html`<span class="badge ${tone}"><span aria-hidden="true">${symbol}</span> ${words}</span>`;
}

export function outcomeBadge(outcome: Outcome): Html {
  const { symbol, word, tone } = OUTCOME_WORDS[outcome];
  return badge(tone, symbol, word);
}

export function stateBadge(state: ArmState): Html {
  const { symbol, word, tone } = STATE_WORDS[state];
  return badge(tone, symbol, word);
}

/** A control must be refuted: its badge says whether it is as it must be. */
export function controlBadge(state: ArmState): Html {
  if (state === "refuted") return badge("good", "✓", "refuted, as it must be");
  if (state === "supported") return badge("bad", "✗", "supported, and must not be");
  return stateBadge(state);
}

/** The same in one word. */
export function shortControlBadge(state: ArmState): Html {
  if (state === "refuted") return badge("good", "✓", STATE_WORDS[state].word);
  if (state === "supported") return badge("bad", "✗", STATE_WORDS[state].word);
  return stateBadge(state);
}

/** Where the numbers come from, where no engine made them, and whether a control is missing. */
export function originTags(claim: Pick<ClaimEvidence, "origins" | "withoutControl">): readonly Html[] {
  return originParts(claim).map((words) => html` <span class="tag">${words}</span>`);
}
