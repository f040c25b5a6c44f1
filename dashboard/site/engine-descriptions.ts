import type { EngineName } from "../../src/lab/contract/engine.ts";

/** What an engine is, for the page that shows them side by side. */
export interface EngineDescription {
  readonly what: string;
  /** What its numbers are to the reference's, and how that is held to. */
  readonly compared: string;
  readonly install: string;
  /** The command that installs it, where it does not come with Plateau. */
  readonly command?: string;
}

export const ENGINE_DESCRIPTIONS: { readonly [name in EngineName]: EngineDescription } = {
  reference: {
    what: "Plain TypeScript in float64, written to be read: what the others are held against.",
    compared: "Its bytes are the same on every machine and Node version.",
    install: "Comes with Plateau.",
  },
  wasm: {
    what: "The same arithmetic in WebAssembly with 128-bit vectors, float64.",
    compared:
      "Equal to the reference byte for byte: vectors run over outputs, networks or trajectories, never over the terms of a sum.",
    install: "Comes with Plateau.",
  },
  "wasm-fast": {
    what: "WebAssembly with fused multiply-adds, and float32 with draws of its own for propagation; <code>--fast</code> chooses it.",
    compared:
      "Where it draws its own numbers, replicate r is another network: estimates are compared by their joint standard error. Never compared by bytes.",
    install: "Comes with Plateau; needs a Node whose WebAssembly has relaxed vectors.",
  },
  openblas: {
    what: "The engine wasm with the matrix products and eigenvalues of models by OpenBLAS, on views of the same memory, one thread.",
    compared:
      "Ensembles, which most claims are about, are the wasm engine's byte for byte; in models sums run in another order, so that differences are roundings of float64.",
    install: "Needs the library OpenBLAS and the optional package koffi, which npm installs by itself.",
    command: "apt-get install libopenblas0-pthread",
  },
  tensorflow: {
    what: "TensorFlow's kernels in float32 and its automatic differentiation: a second implementation, for checking and not for speed.",
    compared: "The same draws, rounded to float32: differences stay within bounds derived from operation counts.",
    install: "Linux x64; where npm could not download the library, this puts it in place.",
    command: "npm run engine:tensorflow",
  },
  webgpu: {
    what: "Shaders in float32 on a graphics card through WebGPU: a third implementation.",
    compared:
      "The same draws within the bound that its shader derives for them; differences stay within derived float32 bounds.",
    install: "Needs a graphics adapter and its driver, on Linux one for Vulkan, and the optional package webgpu.",
    command: "apt-get install libvulkan1 mesa-vulkan-drivers",
  },
};
