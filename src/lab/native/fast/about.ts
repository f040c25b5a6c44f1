import { type EngineAbout, moduleBeside } from "../../contract/about.ts";
import { nativeCure } from "../cure.ts";

export const nativeFast: EngineAbout<"native-fast"> = {
  name: "native-fast",
  module: moduleBeside(import.meta.url, "./fast-engine"),
  open: async () => (await import("./fast-engine.ts")).openNativeFast(),
  bytes: "own",
  draws: "own",
  cure: nativeCure,
  words: {
    what: "The kernels of native with fused multiply-adds, and float32 with draws of its own for propagation.",
    compared:
      "Where it draws its own numbers, replicate r is another network: estimates are compared by their joint standard error. Never compared by bytes.",
    install: "Built with native.",
    command: "apt-get install gcc && npm run build",
  },
};
