import { readFileSync } from "node:fs";
import { UnsupportedError } from "../contract/engine.ts";
import type { KernelFunctions } from "./kernel-functions.ts";

/** `plain`: float64 bytes are those of the reference. `relaxed`: fused multiply-adds where the machine has them. */
export type KernelVariant = "plain" | "relaxed";

/** The functions that kernels/ exports take byte addresses; each engine lays out its own buffers from `heapBase` up. */
export interface Kernels {
  readonly functions: KernelFunctions;
  readonly memory: WebAssembly.Memory;
  /** First free byte, a multiple of 64. */
  readonly heapBase: number;
  /** Chains that a frame has side by side. */
  readonly chains: number;
  /** Networks that law-exact passes have side by side. */
  readonly networks: number;
}

/**
 * A fresh instance with a memory of its own: one a worker, since workers share nothing. Cost: about
 * 10 ms for the first of a variant (compilation), then little.
 * @throws Error when the modules have not been built
 */
export function instantiate(variant: KernelVariant): Kernels {
  const { exports } = instance(compiled(variant));
  const memory = exports["memory"] as WebAssembly.Memory;
  const heapBase = Math.ceil((exports["heapBase"] as () => number)() / 64) * 64;
  return { functions: exports as unknown as KernelFunctions, memory, heapBase, chains: 8, networks: 4 };
}

function instance(module: WebAssembly.Module): WebAssembly.Instance {
  return withinAddresses(() => new WebAssembly.Instance(module, {}));
}

/**
 * Each memory reserves ten gigabytes of addresses, whatever it uses: a limit on them is the user's, and no bug.
 * @throws UnsupportedError where the limit is too low
 */
export function withinAddresses<T>(open: () => T): T {
  try {
    return open();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UnsupportedError(
      "the kernels need more address space than this process may take (ulimit -v): raise the limit, or --engine reference",
      { cause: error },
    );
  }
}

/** Makes the memory at least `bytes` long. Growing detaches every view, so take views after it. */
export function ensureMemory(memory: WebAssembly.Memory, bytes: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
}

const PAGE = 65536;

const modules = new Map<KernelVariant, WebAssembly.Module>();

/** Where there are no files, as in a browser: the module of a variant, compiled from the bytes that the build wrote. */
export function provideKernels(variant: KernelVariant, module: WebAssembly.Module): void {
  modules.set(variant, module);
}

function compiled(variant: KernelVariant): WebAssembly.Module {
  const known = modules.get(variant);
  if (known) return known;
  const module = new WebAssembly.Module(kernelBytes(variant));
  modules.set(variant, module);
  return module;
}

/** The module as bytes. @throws Error when the modules have not been built */
export function kernelBytes(variant: KernelVariant): Uint8Array<ArrayBuffer> {
  const url = {
    plain: new URL("../../../kernels/build/plain.wasm", import.meta.url),
    relaxed: new URL("../../../kernels/build/relaxed.wasm", import.meta.url),
  }[variant];
  try {
    return new Uint8Array(readFileSync(url));
  } catch (error) {
    throw new Error(`the wasm engine requires ${url.pathname}, which npm run build makes`, { cause: error });
  }
}
