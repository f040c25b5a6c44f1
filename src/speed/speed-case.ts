/**
 * One thing whose speed is watched. A file `benchmarks/speed/<name>.bench.ts` exports `cases: readonly SpeedCase[]`; nothing
 * is timed by loading it.
 */
export interface SpeedCase {
  /** Unique in its file; another commit's case of the same file and name is the same benchmark. */
  readonly name: string;
  /** What is counted: `weights`. */
  readonly unit: string;
  /**
   * Sets up, untimed, and gives the work. Call number n does the same work on both commits, other numbers may draw other
   * streams; it returns how many units it did. A call should take 10 microseconds or more.
   */
  readonly open: () => SpeedWork | Promise<SpeedWork>;
  /** What a unit needs at the least, for the share of the machine's limit that is reached; absent: no limit is known. */
  readonly needs?: Needs;
}

export type SpeedWork = (call: number) => number;

/** Operations are counted one a lane: a multiply-add is two. `fused` engines may do both at once. */
export interface Needs {
  readonly double?: number;
  readonly single?: number;
  /** 32-bit additions, shifts and logic. */
  readonly words?: number;
  /** To and from main memory, what stays in the cache left out. */
  readonly bytes?: number;
  readonly fused?: boolean;
  /** Whether the machine's own instructions do it, not WebAssembly's. */
  readonly native?: boolean;
}
