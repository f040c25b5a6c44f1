import type { ArmState, Evidence } from "../../claim/result.ts";
import { summariseClaim } from "../claim-summary.ts";
import { sanitise } from "../layout/sanitise.ts";
import { undecidedWord } from "../words/run-sentence.ts";
import { STATE_WORDS } from "../words/verdict-words.ts";

/** What one sentence of an abstract says, and the ids of the claims that carry it. */
export interface AbstractSentence {
  readonly title: string;
  readonly claims: readonly string[];
  readonly notCovered: readonly { readonly what: string }[];
}

/** Sentences in the order of the abstract, with what was run of them. */
export interface AbstractWords {
  readonly sentences: readonly AbstractSentence[];
  /** Claims that there are and this run has not. */
  readonly unrun: number;
  /** The command that decides everything. */
  readonly command: string;
}

/** From the worst: a sentence holds as its worst claim does. */
const WORST_FIRST: readonly ArmState[] = ["refuted", "crashed", "timed-out", "skipped", "inconclusive", "supported"];

/**
 * The paper in words: what its abstract says, sentence by sentence, each with the verdict of the claims that carry it and were
 * run; then what was not, and the one command for it. Claims without a sentence are in the tally alone.
 */
export function abstractLines(evidence: Evidence, { sentences, unrun, command }: AbstractWords): readonly string[] {
  const lines = sentences.map((sentence) => sentenceLine(sentence, evidence));
  const left = unrun === 1 ? "1 claim was not run" : `${unrun} claims were not run`;
  return [...lines, ...(unrun === 0 ? [] : [`Further, ${left}: ${command}`])];
}

function sentenceLine({ title, claims, notCovered }: AbstractSentence, evidence: Evidence): string {
  const states = evidence.claims
    .filter(({ id }) => claims.includes(id))
    .map((one) => summariseClaim(one).claimed.state);
  const verdict = WORST_FIRST.find((state) => states.includes(state));
  const { symbol, word } = verdict === undefined ? { symbol: "○", word: "not run" } : wordsOf(verdict, evidence.tier);
  const counts = WORST_FIRST.toReversed().flatMap((state) => {
    const count = states.filter((one) => one === state).length;
    return count === 0 ? [] : [`${count} ${wordsOf(state, evidence.tier).tally}`];
  });
  const left = claims.length - states.length;
  const open = notCovered.map(({ what }) => sanitise(what)).join("; ");
  const tally = [...counts, ...(left === 0 ? [] : [`${left} not run`])].join(", ");
  return `${symbol} ${sanitise(title)}: ${word} (${tally})${open === "" ? "" : `; no claim covers ${open}`}`;
}

function wordsOf(state: ArmState, tier: Evidence["tier"]) {
  const { symbol, word } = STATE_WORDS[state];
  if (state === "supported") return { symbol, word: "holds", tally: word };
  if (state === "refuted") return { symbol, word: "does not hold", tally: word };
  return state === "inconclusive"
    ? { symbol, word: undecidedWord(tier), tally: undecidedWord(tier) }
    : { symbol, word: `could not be measured, ${word}`, tally: word };
}
