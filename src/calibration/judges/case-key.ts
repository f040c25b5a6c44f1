/**
 * 32 bits that stand for a name, FNV-1a with one of several starting points: streams of calibration are keyed by what they
 * are for, so that adding a case changes no other. (Content hashes of runs are SHA-256 at the edge; no adversary is here.)
 */
export function wordOf(name: string, start: number): number {
  let hash = (0x811c9dc5 ^ start) >>> 0;
  for (const character of name) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193) >>> 0;
  return hash;
}
