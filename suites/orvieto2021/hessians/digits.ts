/**
 * Simulated on real digits at width 8, from seeds of their own: medians of ln of the extreme eigenvalues and spreads for
 * planning. 1, 6, 10 and 20 networks of a hundred are dead at depths 8, 16, 32 and 64 for all digits of a batch or for some:
 * dead ones rank lowest, so medians need no condition.
 */
export const NARROW = {
  depths: [16, 32, 64],
  median: (depth: number) => (depth === 16 ? -0.9 : depth === 32 ? -3 : -8.1),
  spread: (depth: number) => (depth === 16 ? 1.6 : depth === 32 ? 2.6 : 4),
} as const;

/** The same along d = 2L. */
export const PROPORTIONAL = {
  depths: [8, 16],
  median: (depth: number) => (depth === 8 ? -0.4 : 0.4),
  spread: 0.5,
} as const;
