import { openLibrary } from "../lab/native/library.ts";
import { fastestVariant } from "../lab/wasm/fast/relaxed.ts";
import { ensureMemory, instantiate, type Kernels } from "../lab/wasm/module.ts";
import type { Needs } from "./speed-case.ts";

/** What one core of this machine does at most, a second: with 128-bit WebAssembly instructions, or with its own. */
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

/** Elements of each array of the triad: three of 48 MB together exceed the caches of today's processors. */
const TRIAD = 6_000_000;
const ROUNDS = 1_000_000;

/**
 * Measures the limits of WebAssembly here and now, since machines differ and a busy one gives less: the best of a few runs by
 * `now`, a clock in milliseconds. Cost: about a second, and 150 MB for a moment.
 */
export function measureLimits(now: () => number): MachineLimits {
  return limitsOf(now, instantiate("plain"), instantiate(fastestVariant()), 2);
}

/**
 * The same with the instructions that the engine `native` uses.
 * @throws UnsupportedError where there is no such engine
 */
export async function measureNativeLimits(now: () => number): Promise<MachineLimits> {
  const library = await openLibrary();
  const plain = library.instantiate("plain");
  return limitsOf(now, plain, library.instantiate("fast"), plain.functions.vectorLanes());
}

/** `lanes` are the float64s of a vector. */
function limitsOf(now: () => number, plain: Kernels, fused: Kernels, lanes: number): MachineLimits {
  const rate = (units: number, work: () => void) => units / (quickest(now, work) / 1000);
  const doubles = ({ functions }: Kernels) =>
    rate(24 * lanes * ROUNDS, () => void functions.peakDouble(ROUNDS, 0.5, 1));
  const singles = ({ functions }: Kernels) =>
    rate(48 * lanes * ROUNDS, () => void functions.peakSingle(ROUNDS, 0.5, 1));
  return {
    double: doubles(plain),
    doubleFused: doubles(fused),
    single: singles(plain),
    singleFused: singles(fused),
    words: rate(60 * lanes * ROUNDS, () => void plain.functions.peakWords(ROUNDS, 9)),
    bytes: triadRate(now, plain),
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

function triadRate(now: () => number, { functions, memory, heapBase }: Kernels): number {
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
