import { type EngineAbout, moduleBeside } from "../contract/about.ts";

export const reference: EngineAbout<"reference"> = {
  name: "reference",
  module: moduleBeside(import.meta.url, "./engine"),
  open: async () => (await import("./engine.ts")).reference,
  bytes: "reference",
  draws: "reference",
  // Two cores, Node 20.20, processor time, median of seven: a million Gaussians in one fill, own logarithms, a batch of 64
  // through 8 layers of width 128 less its draws.
  rates: { draw: 3e-8, multiplyAdd: 1e-9, transcendental: 3e-8, replicate: 1e-6 },
  cure: () => "npm run build",
  words: {
    what: "Plain TypeScript in float64, written to be read: what the others are held against.",
    compared: "Its bytes are the same on every machine and Node version.",
    install: "Comes with Plateau.",
  },
};
