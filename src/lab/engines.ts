import type { Engine, EngineName } from "./contract/engine.ts";

/** Every engine, in the order in which they are shown. */
export const ENGINE_NAMES: readonly EngineName[] = [
  ...(["reference", "wasm", "wasm-fast", "openblas", "tensorflow", "webgpu"] as const),
];

/** What computes where no engine is named. */
export const DEFAULT_ENGINE: EngineName = "wasm";

/** Engines whose float64 observations are equal byte for byte on every machine; evidence of others is never compared by bytes. */
export const BYTE_EQUAL_ENGINES: readonly EngineName[] = ["reference", "wasm"];

/** Engines that draw some numbers of their own: replicate r is another network there, so only laws can be compared. */
export const OWN_DRAWS_ENGINES: readonly EngineName[] = ["wasm-fast"];

interface EnginePlace {
  /** From this folder, without its extension. */
  readonly module: string;
  /** Loads what the engine needs when it is asked for, and nothing before. */
  readonly open: () => Promise<Engine>;
}

const PLACES: { readonly [name in EngineName]: EnginePlace } = {
  reference: { module: "reference/engine", open: async () => (await import("./reference/engine.ts")).reference },
  wasm: { module: "wasm/engine", open: async () => (await import("./wasm/engine.ts")).openWasm() },
  "wasm-fast": {
    module: "wasm/fast/fast-engine",
    open: async () => (await import("./wasm/fast/fast-engine.ts")).openWasmFast(),
  },
  openblas: { module: "openblas/engine", open: async () => (await import("./openblas/engine.ts")).openOpenblas() },
  tensorflow: {
    module: "tensorflow/engine",
    open: async () => (await import("./tensorflow/engine.ts")).openTensorflow(),
  },
  webgpu: { module: "webgpu/engine", open: async () => (await import("./webgpu/engine.ts")).openWebgpu() },
};

/**
 * The engine of that name; never another one in its place. Each call opens one anew: a thread that computes keeps its own.
 * @throws UnsupportedError with the reason why it cannot be had, and what cures that
 */
export function openEngine(name: EngineName): Promise<Engine> {
  return PLACES[name].open();
}

/** URL of the module that is the engine: its code, with what it imports and the kernels it loads, is part of the samples' key. */
export function engineModule(name: EngineName): string {
  // sources when run as such, else compiled
  const extension = import.meta.url.endsWith(".ts") ? ".ts" : ".js";
  return new URL(PLACES[name].module + extension, import.meta.url).href;
}
