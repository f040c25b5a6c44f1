import type { ArmState, Outcome } from "../../claim/result.ts";

export type Tone = "good" | "bad" | "open" | "broken";

interface Words {
  /** Tells states apart without colour. */
  readonly symbol: string;
  readonly word: string;
  readonly tone: Tone;
}

export const STATE_WORDS: { readonly [state in ArmState]: Words } = {
  supported: { symbol: "✓", word: "supported", tone: "good" },
  refuted: { symbol: "✗", word: "refuted", tone: "bad" },
  inconclusive: { symbol: "?", word: "undecided", tone: "open" },
  crashed: { symbol: "!", word: "crashed", tone: "broken" },
  "timed-out": { symbol: "!", word: "timed out", tone: "broken" },
  skipped: { symbol: "○", word: "skipped", tone: "open" },
};

export const OUTCOME_WORDS: { readonly [outcome in Outcome]: Words } = {
  holds: { symbol: "✓", word: "holds", tone: "good" },
  fails: { symbol: "✗", word: "fails", tone: "bad" },
  undecided: { symbol: "?", word: "undecided", tone: "open" },
  crashed: { symbol: "!", word: "crashed", tone: "broken" },
  "timed-out": { symbol: "!", word: "timed out", tone: "broken" },
  skipped: { symbol: "○", word: "skipped", tone: "open" },
};
