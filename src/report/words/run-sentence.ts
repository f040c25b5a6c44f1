import type { Evidence } from "../../claim/result.ts";

/**
 * The one line that says how a run came out, the same in the terminal, in comments and on pages: `30 claims: 28 supported, 0
 * refuted, 2 undecided; controls: 41 of 41 refuted as they must be`.
 */
export function runSentence({ claims, tier }: Evidence): string {
  const claimed = claims.flatMap(({ arms }) => arms.filter(({ kind }) => kind === "claimed"));
  const controls = claims.flatMap(({ arms }) => arms.filter(({ kind }) => kind === "control"));
  const counts = [
    ["supported", "supported"],
    ["refuted", "refuted"],
    ["inconclusive", undecidedWord(tier)],
    ["crashed", "crashed"],
    ["timed-out", "timed out"],
    ["skipped", "skipped"],
  ].flatMap(([state, word]) => {
    const count = claimed.filter((arm) => arm.state === state).length;
    return count === 0 && state !== "supported" && state !== "refuted" ? [] : [`${count} ${word}`];
  });
  const refuted = controls.filter(({ state }) => state === "refuted").length;
  const supported = controls.filter(({ state }) => state === "supported").length;
  const open = controls.filter(({ state }) => state === "inconclusive").length;
  const left = open === 0 ? "" : `, ${open} ${undecidedWord(tier)}`;
  const alarm = supported === 0 ? "" : `, ${supported} supported and must not be`;
  const noun = claims.length === 1 ? "1 claim" : `${claims.length} claims`;
  return `${noun}: ${counts.join(", ")}; controls: ${refuted} of ${controls.length} refuted as they must be${left}${alarm}`;
}

/** The smoke tier is a quick look: what it leaves open has not failed. */
export function undecidedWord(tier: Evidence["tier"]): string {
  return tier === "smoke" ? "not decided at this size" : "undecided";
}
