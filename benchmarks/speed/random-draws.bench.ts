import { openLibrary } from "../../src/lab/native/library.ts";
import { KEY_BYTES, placeKey } from "../../src/lab/wasm/draw-kernels.ts";
import { fastestVariant } from "../../src/lab/wasm/fast/relaxed.ts";
import type { KernelFunctions } from "../../src/lab/wasm/kernel-functions.ts";
import { ensureMemory, instantiate, type Kernels } from "../../src/lab/wasm/module.ts";
import type { StreamKey } from "../../src/numerics/stream.ts";
import type { Needs, SpeedCase, SpeedWork } from "../../src/speed/speed-case.ts";

/** W4: random numbers from the kernels, into memory that stays in the cache. */

const KEY: StreamKey = [1, 2, 3, 4];
const COUNT = 1 << 15;

/**
 * Threefry's 20 rounds are 40 additions, rotations (3) and exclusive ors and 25 additions of the key on four words, a fifth of
 * that a word: 56 operations a word, and a float64 takes two words.
 */
const WORDS = 2 * 56.25;
/** A pair of normals: 26 operations for the logarithm, 40 for cosine and sine, 9 to make uniforms and to scale. */
const NORMAL: Needs = { words: WORDS, double: 75 / 2 };

export const cases: readonly SpeedCase[] = [
  {
    name: "normals float64, native",
    unit: "normals",
    needs: { ...NORMAL, native: true },
    open: async () =>
      draws((await openLibrary()).instantiate("plain"), ({ fillGaussian }, key, out, call) =>
        fillGaussian(call * COUNT, 0, 0, key, out, COUNT),
      ),
  },
  {
    name: "uniforms float64, native",
    unit: "uniforms",
    needs: { words: WORDS, double: 4, native: true },
    open: async () =>
      draws((await openLibrary()).instantiate("plain"), ({ fillUniform }, key, out, call) =>
        fillUniform(call * COUNT, 0, 0, key, out, COUNT),
      ),
  },
  {
    name: "normals float64, wasm",
    unit: "normals",
    needs: NORMAL,
    open: () =>
      draws(instantiate("plain"), ({ fillGaussian }, key, out, call) =>
        fillGaussian(call * COUNT, 0, 0, key, out, COUNT),
      ),
  },
  {
    name: "normals float32, wasm-fast",
    unit: "normals",
    needs: { words: WORDS / 2, single: 25, fused: true },
    open: () =>
      draws(instantiate(fastestVariant()), ({ fillSingleGaussian }, key, out, call) =>
        fillSingleGaussian(call * COUNT, 0, 0, key, out, COUNT),
      ),
  },
  {
    name: "uniforms float64, wasm",
    unit: "uniforms",
    needs: { words: WORDS, double: 4 },
    open: () =>
      draws(instantiate("plain"), ({ fillUniform }, key, out, call) =>
        fillUniform(call * COUNT, 0, 0, key, out, COUNT),
      ),
  },
];

function draws(
  { functions, memory, heapBase }: Kernels,
  fill: (kernels: KernelFunctions, key: number, out: number, call: number) => void,
): SpeedWork {
  const out = heapBase + KEY_BYTES;
  ensureMemory(memory, out + 8 * COUNT);
  placeKey(functions, heapBase, KEY);
  return (call) => {
    fill(functions, heapBase, out, call % 1024);
    return COUNT;
  };
}
