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
    {
      breaks: "a",
      because: "c",
      experiment: () => measured,
      expected: { value: 3 },
      replicates: { smoke: 1, full: 1 },
    },
  ],
  tiers: { smoke: { replicates: 10, grid: { depth: [8] } }, full: { replicates: ({ depth }) => depth } },
});

const usual = {
  ...parts,
  assumptions: { a: "first" },
  grid: { depth: [8, 16, 32] },
  experiment: () => measured,
  prediction: { says: "equals", statistic: "mean", of: "logNorm", value: 0, within: 1, because: "b" },
  controls: [
    { breaks: "a", because: "c", experiment: () => measured, expected: {}, replicates: { smoke: 1, full: 1 } },
  ],
  tiers: { smoke: { replicates: 1 }, full: { replicates: 1 } },
} as const;

defineClaim(usual);

// @ts-expect-error a measure that the experiment does not return
defineClaim({ ...usual, prediction: { ...usual.prediction, of: "norm" } });

defineClaim({
  ...usual,
  // @ts-expect-error an axis off the grid
  prediction: { ...usual.prediction, says: "scales", through: "mean", along: { axis: "width" }, slope: 1 },
});

// @ts-expect-error a margin without a reason
defineClaim({ ...usual, prediction: { says: "equals", statistic: "mean", of: "logNorm", value: 0, within: 1 } });

// @ts-expect-error no control
defineClaim({ ...usual, controls: [] });

// @ts-expect-error a control that breaks an assumption which is not listed
defineClaim({ ...usual, controls: [{ ...usual.controls[0], breaks: "z" }] });

// @ts-expect-error a smoke cell off the full grid
defineClaim({ ...usual, tiers: { ...usual.tiers, smoke: { replicates: 1, grid: { depth: [4] } } } });

defineClaim({
  ...usual,
  controls: [...usual.controls, { ...usual.controls[0], replicates: { deep: 1 } }],
  tiers: { ...usual.tiers, deep: { replicates: 1, within: ({ depth }) => 1 / depth, because: "d" } },
});

// @ts-expect-error a tier's margin without a reason
defineClaim({ ...usual, tiers: { ...usual.tiers, deep: { replicates: 1, within: 0.5 } } });

// @ts-expect-error a source without a grade
defineClaim({ ...usual, source: { paper: "paper@v1", at: "abstract" } });

// @ts-expect-error a paper that is not pinned to a version
defineClaim({ ...usual, source: { ...parts.source, paper: "paper" } });
