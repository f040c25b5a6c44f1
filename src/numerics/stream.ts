/**
 * Address of a family of independent random streams: the 128 bits that stand for (seed, experiment by name and setup).
 * Each replicate of the experiment owns the streams (key, replicate, lane) of that family.
 */
export type StreamKey = readonly [number, number, number, number];

/** Replicates `first` to `first + count - 1` of one family. */
export interface StreamRange {
  readonly key: StreamKey;
  readonly first: number;
  readonly count: number;
}

/** What a replicate's draws are for. Each lane is a stream of its own, so one use never shifts another's draws. */
export const LANES = {
  weights: 0,
  input: 1,
  cotangent: 2,
  choice: 3,
  noise: 4,
  backward: 5,
  target: 6,
  start: 7,
  order: 8,
} as const;
export type Lane = (typeof LANES)[keyof typeof LANES];
