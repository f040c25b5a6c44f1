import type { Evidence } from "../../claim/result.ts";

/** The one line that says how a run came out: `30 claims: 28 supported, 2 undecided; controls: 41 of 41 refuted`. */
export function runSentence({ claims }: Evidence): string {
  const claimed = claims.flatMap(({ arms }) => arms.filter(({ kind }) => kind === "claimed"));
  const controls = claims.flatMap(({ arms }) => arms.filter(({ kind }) => kind === "control"));
  const counts = [
    ["supported", "supported"],
    ["refuted", "refuted"],
    ["inconclusive", "undecided"],
    ["crashed", "crashed"],
    ["timed-out", "timed out"],
    ["skipped", "skipped"],
  ].flatMap(([state, word]) => {
    const count = claimed.filter((arm) => arm.state === state).length;
    return count === 0 && state !== "supported" && state !== "refuted" ? [] : [`${count} ${word}`];
  });
  const refuted = controls.filter(({ state }) => state === "refuted").length;
  const supported = controls.filter(({ state }) => state === "supported").length;
  const alarm = supported === 0 ? "" : `, ${supported} supported and must not be`;
  const noun = claims.length === 1 ? "1 claim" : `${claims.length} claims`;
  return `${noun}: ${counts.join(", ")}; controls: ${refuted} of ${controls.length} refuted as they must be${alarm}`;
}
