import { type EngineAbout, moduleBeside } from "../contract/about.ts";
import { wasm } from "../wasm/about.ts";

export const openblas: EngineAbout<"openblas"> = {
  name: "openblas",
  module: moduleBeside(import.meta.url, "./engine"),
  open: async () => (await import("./engine.ts")).openOpenblas(),
  bytes: "reference-for-ensembles",
  draws: "reference",
  // it draws by the same kernels
  rates: wasm.rates!,
  cure: (reason) => (reason.includes("koffi") ? "npm install koffi" : "apt-get install libopenblas0-pthread"),
  words: {
    what: "The engine wasm with the matrix products and eigenvalues of models by OpenBLAS, on views of the same memory, one thread.",
    compared:
      "Ensembles, which most claims are about, are the wasm engine's byte for byte; in models sums run in another order, so that differences are roundings of float64.",
    install: "Needs the library OpenBLAS and the optional package koffi, which npm installs by itself.",
    command: "apt-get install libopenblas0-pthread",
  },
};
