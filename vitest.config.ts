import { defineConfig } from "vitest/config";
import { softwareVulkan } from "./scripts/software-vulkan.mjs";

// The processes of the tests find a graphics adapter in software; without one, the tests of the engine webgpu fail and say why.
Object.assign(process.env, softwareVulkan());

export default defineConfig({
  test: {
    include: ["{src,benchmarks,suites,dashboard,test}/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/fixtures/**"],
    globalSetup: ["test/temporary-folder.ts"],
    // Whole runs start processes and worker threads: far above any expected time, so that only a hang is cut off.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ["default", ["json", { outputFile: "node_modules/.cache/plateau/tests.json" }]],
  },
});
