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
  readonly open: () => (call: number) => number;
}
