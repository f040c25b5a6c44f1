import { defineClaim } from "./claim.ts";
import type { Experiment } from "./experiment.ts";

declare const measured: Experiment<"logNorm" | "alive">;
declare const depthOnly: (depth: number) => Experiment<"logNorm" | "alive">;

const parts = {
  id: "paper/topic/concept",
  title: "t",
  statement: "s",
  source: { paper: "paper@v1", at: "abstract", grade: "stated" },
} as const;

export const accepted = defineClaim({
  ...parts,
  assumptions: { a: "first", b: "second" },
  grid: { depth: [8, 16, 32], init: ["he", "xavier"] },
  experiment: ({ depth }) => depthOnly(2 * depth),
  prediction: {
    says: "equals",
    statistic: "mean",
    of: "logNorm",
    given: "alive",
    value: ({ depth }) => -depth,
    within: 0.1,
    because: "b",
  },
  rivals: [{ value: ({ depth }) => -2 * depth, because: "r" }],
  controls: [
    { breaks: "a", because: "c", experiment: () => measured, shape: { value: 3 }, replicates: { smoke: 1, full: 1 } },
  ],
  tiers: { smoke: { replicates: 10, grid: { depth: [8] } }, full: { replicates: ({ depth }) => depth } },
});
