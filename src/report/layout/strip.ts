/** Where an estimate was and is, and the region that is predicted; an open end is null. */
export interface Moved {
  readonly from: number;
  readonly to: number;
  readonly region: readonly [low: number | null, high: number | null];
}

const OUTSIDE = "─";
const INSIDE = "▒";
const BEFORE = "○";
const NOW = "●";
/** Free room on each side, as a part of all that is shown. */
const ROOM = 0.1;

/**
 * A line of `width` characters on which a moved estimate is seen at a glance: `───▒▒▒○▒●▒▒▒───`, the predicted region between
 * what lies outside it, ○ before, ● now (alone where both fall on one character).
 */
export function stripText({ from, to, region: [low, high] }: Moved, width: number): string {
  const shown = [from, to, ...[low, high].flatMap((end) => end ?? [])];
  const least = Math.min(...shown);
  const size = Math.max(...shown) - least || 1;
  const place = (value: number) => {
    const share = (value - least + ROOM * size) / (size * (1 + 2 * ROOM));
    return Math.min(width - 1, Math.max(0, Math.floor(share * width)));
  };
  const [first, last] = [low === null ? 0 : place(low), high === null ? width - 1 : place(high)];
  const cells: string[] = Array.from({ length: width }, (_, at) => (at >= first && at <= last ? INSIDE : OUTSIDE));
  cells[place(from)] = BEFORE;
  cells[place(to)] = NOW;
  return cells.join("");
}

export const STRIP_KEY = `${BEFORE} before, ${NOW} now, ${INSIDE} the predicted region`;
