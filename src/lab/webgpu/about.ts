import { type EngineAbout, moduleBeside } from "../contract/about.ts";

export const webgpu: EngineAbout<"webgpu"> = {
  name: "webgpu",
  module: moduleBeside(import.meta.url, "./engine"),
  open: async () => (await import("./engine.ts")).openWebgpu(),
  bytes: "own",
  draws: "reference",
  // 13 units of 2^-23, the bound that its shader derives for a normal.
  precision: { unit: 2 ** -24, draw: 26, words: "float32, draws within 13 units of 2^-23" },
  cure: (reason) =>
    reason.includes("npm install webgpu") ? "npm install webgpu" : "apt-get install libvulkan1 mesa-vulkan-drivers",
  words: {
    what: "Shaders in float32 on a graphics card through WebGPU: a third implementation.",
    compared:
      "The same draws within the bound that its shader derives for them; differences stay within derived float32 bounds.",
    install: "Needs a graphics adapter and its driver, on Linux one for Vulkan, and the optional package webgpu.",
    command: "apt-get install libvulkan1 mesa-vulkan-drivers",
  },
};
