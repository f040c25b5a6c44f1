/** A result nests nine deep: result, evidence, claims, claim, arms, arm, units, unit, interval. Twice that is no result. */
export const MOST_DEPTH = 20;

/** Deepest nesting of brackets outside strings. */
export function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const mark = text.charCodeAt(at);
    if (inString) {
      if (mark === 0x5c) at++;
      else if (mark === 0x22) inString = false;
    } else if (mark === 0x22) inString = true;
    else if (mark === 0x5b || mark === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (mark === 0x5d || mark === 0x7d) depth--;
  }
  return deepest;
}
