import { type EngineAbout, moduleBeside } from "../contract/about.ts";
import { nativeCure } from "./cure.ts";

export const native: EngineAbout<"native"> = {
  name: "native",
  module: moduleBeside(import.meta.url, "./engine"),
  open: async () => (await import("./engine.ts")).openNative(),
  identify: async () => {
    const { openLibrary, VERSIONS } = await import("./library.ts");
    await openLibrary();
    return VERSIONS;
  },
  bytes: "reference",
  draws: "reference",
  // Processor time on a loaded Intel Xeon with AVX-512: as `fitRates`, a tanh of 16 wide layers, a network of two units.
  rates: { draw: 1.6e-9, multiplyAdd: 1.5e-10, transcendental: 3e-9, replicate: 5e-7 },
  cure: nativeCure,
  words: {
    what: "The same arithmetic in C that the machine's compiler has vectorised, with lanes as wide as the processor's: SSE4.2, AVX2, AVX-512 or NEON.",
    compared:
      "Equal to the reference byte for byte with every set of instructions: lanes are outputs, rows, networks or trajectories, never the terms of a sum.",
    install: "Built by `npm run build` where there is a C compiler, and called through the optional package koffi.",
    command: "apt-get install gcc && npm run build",
  },
};
