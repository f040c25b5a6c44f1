import { fastestVariant } from "../lab/wasm/fast/relaxed.ts";
import { ensureMemory, instantiate } from "../lab/wasm/module.ts";
import type { Needs } from "./speed-case.ts";

/** What one core of this machine does at most, a second, with 128-bit WebAssembly instructions. */
export interface MachineLimits {
  /** Float64 operations, multiplication and addition apart. */
  readonly double: number;
  /** The same fused, where the machine can. */
  readonly doubleFused: number;
  readonly single: number;
  readonly singleFused: number;
  /** 32-bit additions, shifts and logic, one a lane. */
  readonly words: number;
  /** Bytes to and from main memory, in the triad a = b + s c. */
  readonly bytes: number;
}

interface PeakKernels {
  peakDouble(rounds: number, factor: number, term: number): number;
  peakSingle(rounds: number, factor: number, term: number): number;
  peakWords(rounds: number, start: number): number;
  triad(a: number, b: number, c: number, factor: number, count: number): void;
}

/** Elements of each array of the triad: three of 48 MB together exceed the caches of today's processors. */
const TRIAD = 6_000_000;
const ROUNDS = 1_000_000;

/**
 * Measures the limits here and now, since machines differ and a busy one gives less: the best of a few runs by `now`, a clock
 * in milliseconds. Cost: about a second, and 150 MB for a moment.
 */
export function measureLimits(now: () => number): MachineLimits {
  const plain = instantiate<PeakKernels>("plain");
  const relaxed = instantiate<PeakKernels>(fastestVariant());
  const rate = (units: number, work: () => void) => units / (quickest(now, work) / 1000);
  const doubles = ({ functions }: typeof plain) => rate(48 * ROUNDS, () => void functions.peakDouble(ROUNDS, 0.5, 1));
  const singles = ({ functions }: typeof plain) => rate(96 * ROUNDS, () => void functions.peakSingle(ROUNDS, 0.5, 1));
  return {
    double: doubles(plain),
    doubleFused: doubles(relaxed),
    single: singles(plain),
    singleFused: singles(relaxed),
    words: rate(120 * ROUNDS, () => void plain.functions.peakWords(ROUNDS, 9)),
    bytes: triadRate(now),
  };
}

/**
 * Share of the limit that a unit in `milliseconds` reaches. Operations of all kinds go through the same vector units, so that
 * their least times add; memory works beside them, so the larger of the two is the limit.
 */
export function shareOfLimit(needs: Needs, milliseconds: number, limits: MachineLimits): number {
  const double = (needs.double ?? 0) / (needs.fused ? limits.doubleFused : limits.double);
  const single = (needs.single ?? 0) / (needs.fused ? limits.singleFused : limits.single);
  const words = (needs.words ?? 0) / limits.words;
  const bytes = (needs.bytes ?? 0) / limits.bytes;
  return (1000 * Math.max(double + single + words, bytes)) / milliseconds;
}

function triadRate(now: () => number): number {
  const { functions, memory, heapBase } = instantiate<PeakKernels>("plain");
  const bytes = TRIAD * 8;
  ensureMemory(memory, heapBase + 3 * bytes);
  const work = () => functions.triad(heapBase, heapBase + bytes, heapBase + 2 * bytes, 3, TRIAD);
  return (3 * bytes) / (quickest(now, work) / 1000);
}

/** Milliseconds of the quickest of nine runs; the first ones also let the compiler finish. */
function quickest(now: () => number, work: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 9; run++) {
    const start = now();
    work();
    least = Math.min(least, now() - start);
  }
  return least;
}
