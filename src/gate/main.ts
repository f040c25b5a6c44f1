import { runStep, type Step, StepError } from "./step.ts";

/** The steps of the workflows: `node dist/src/gate/main.js <name>`, each behind an npm script. */
const STEPS: { readonly [name: string]: () => Promise<(step: Step) => Promise<number>> } = {
  run: async () => (await import("./run-claims.ts")).runClaims,
  merge: async () => (await import("./merge-shards.ts")).mergeShards,
  engines: async () => (await import("./engines.ts")).engines,
  gate: async () => (await import("./gate.ts")).gate,
  comment: async () => (await import("./github/comment.ts")).comment,
  seed: async () => (await import("./draw-seed.ts")).drawSeed,
  issue: async () => (await import("./github/nightly-issue.ts")).nightlyIssue,
  history: async () => (await import("./github/append-history.ts")).appendHistory,
  site: async () => (await import("./build-site.ts")).buildSite,
  "gpu-runner": async () => (await import("./gpu-runner.ts")).gpuRunner,
  mutant: async () => (await import("./plant-mutant.ts")).plantMutant,
  liveness: async () => (await import("./liveness.ts")).liveness,
};

await runStep(async (step) => {
  const name = process.argv[2] ?? "";
  const load = Object.hasOwn(STEPS, name) ? STEPS[name] : undefined;
  if (load === undefined) throw new StepError(`a step requires one of ${Object.keys(STEPS).join(" ")}, got ${name}`);
  return (await load())(step);
});
