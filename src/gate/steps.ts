import { guarded, type Step } from "./step.ts";

type Load = () => Promise<(step: Step) => Promise<number>>;

/** The steps of the workflows, in the order in which a change meets them; each is loaded when it is asked for. */
export const STEPS: { readonly [name: string]: { readonly does: string; readonly load: Load } } = {
  setup: {
    does: "bring the Python packages of requirements.txt, where the project has one",
    load: async () => (await import("./set-up.ts")).setUp,
  },
  run: {
    does: "run every suite at PLATEAU_TIER, or the part PLATEAU_SHARD of it",
    load: async () => (await import("./run-claims.ts")).runClaims,
  },
  merge: {
    does: "put the downloaded shards together",
    load: async () => (await import("./merge-shards.ts")).mergeShards,
  },
  gate: {
    does: "red or green against the baselines: summary, annotations, JUnit, artifact",
    load: async () => (await import("./gate.ts")).gate,
  },
  engines: {
    does: "red where an engine contradicts the one that it stands beside",
    load: async () => (await import("./engines.ts")).engines,
  },
  comment: {
    does: "write the pull request's comment from the artifact, which is not trusted",
    load: async () => (await import("./github/comment.ts")).comment,
  },
  seed: { does: "draw one fresh seed for all shards", load: async () => (await import("./draw-seed.ts")).drawSeed },
  issue: {
    does: "open, update or close the issue of the nightly run",
    load: async () => (await import("./github/nightly-issue.ts")).nightlyIssue,
  },
  history: {
    does: "append the run to the history branch",
    load: async () => (await import("./github/append-history.ts")).appendHistory,
  },
  site: { does: "build the dashboard", load: async () => (await import("./build-site.ts")).buildSite },
  "gpu-runner": {
    does: "say which runner has a graphics card",
    load: async () => (await import("./gpu-runner.ts")).gpuRunner,
  },
  mutant: {
    does: "plant the fault of plateau.json and run every suite on it",
    load: async () => (await import("./plant-mutant.ts")).plantMutant,
  },
  mutants: {
    does: "plant PLATEAU_MUTANTS of the project's mutants (a number of them by PLATEAU_SEED, ids, or all) and see each killed",
    load: async () => (await import("./mutants/plant-mutants.ts")).plantMutants,
  },
  liveness: {
    does: "prove that the gate can still go red",
    load: async () => (await import("./liveness.ts")).liveness,
  },
};

/** Runs one of `STEPS`: its number is the exit status; what stops it is an annotation and status 2. */
export async function runStep(name: string, step: Step): Promise<number> {
  return guarded(async () => (await STEPS[name]!.load())(step), step);
}
