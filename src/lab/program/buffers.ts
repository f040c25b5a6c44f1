/** Places in one array that is not there yet: offsets are handed out first, the array is reserved once they are all known. */
export interface Buffers {
  /** A place of its own for `length` numbers, begun at a multiple of 8 (a cache line). */
  readonly keep: (length: number) => number;
  /** A place that may have been another's before, as long as that was released. */
  readonly take: (length: number) => number;
  /** Gives a place back, to be taken again for the same length. */
  readonly release: (at: number, length: number) => void;
  /** Numbers taken so far. */
  readonly total: () => number;
}

const LINE = 8;

export function openBuffers(): Buffers {
  let end = 0;
  const free = new Map<number, number[]>();
  const keep = (length: number): number => {
    const at = end;
    end += Math.ceil(length / LINE) * LINE;
    return at;
  };
  return {
    keep,
    take: (length) => free.get(length)?.pop() ?? keep(length),
    release(at, length) {
      const places = free.get(length);
      if (places === undefined) free.set(length, [at]);
      else places.push(at);
    },
    total: () => end,
  };
}
