import { type EngineAbout, moduleBeside } from "../../contract/about.ts";

export const wasmFast: EngineAbout<"wasm-fast"> = {
  name: "wasm-fast",
  module: moduleBeside(import.meta.url, "./fast-engine"),
  open: async () => (await import("./fast-engine.ts")).openWasmFast(),
  bytes: "own",
  draws: "own",
  cure: () => "npm run build",
  words: {
    what: "WebAssembly with fused multiply-adds, and float32 with draws of its own for propagation; `--fast` chooses it.",
    compared:
      "Where it draws its own numbers, replicate r is another network: estimates are compared by their joint standard error. Never compared by bytes.",
    install: "Comes with Plateau; needs a Node whose WebAssembly has relaxed vectors.",
  },
};
