import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{src,benchmarks,suites,test}/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/fixtures/**"],
    // Whole runs start processes and worker threads: far above any expected time, so that only a hang is cut off.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ["default", ["json", { outputFile: "node_modules/.cache/plateau/tests.json" }]],
  },
});
