import { type EngineAbout, moduleBeside } from "../contract/about.ts";

export const wasm: EngineAbout<"wasm"> = {
  name: "wasm",
  module: moduleBeside(import.meta.url, "./engine"),
  open: async () => (await import("./engine.ts")).openWasm(),
  bytes: "reference",
  draws: "reference",
  // By networks of width 16 to 64, law-exact ones and orthogonal ones, which take 1.5 times and twice as long a draw; the
  // logarithm is that of TypeScript.
  rates: { draw: 6.2e-9, multiplyAdd: 2.5e-10, transcendental: 2e-8, replicate: 2e-7 },
  cure: () => "npm run build",
  words: {
    what: "The same arithmetic in WebAssembly with 128-bit vectors, float64.",
    compared:
      "Equal to the reference byte for byte: vectors run over outputs, networks or trajectories, never over the terms of a sum.",
    install: "Comes with Plateau.",
  },
};
