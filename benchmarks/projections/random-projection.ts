import type { Experiment } from "../../src/claim/experiment.ts";
import { commandExperiment } from "../../src/claim/origin/command-experiment.ts";

/** A random matrix and the vector that it projects. */
export interface Projection {
  /** Laws of an entry, all of variance 1: normal, signs, or sqrt(s) times a sign for one entry in s and zero else. */
  readonly entries: "gaussian" | "sign" | "one-in-3" | "one-in-64";
  readonly from: number;
  readonly to: number;
  /** All coordinates alike, or all but one zero. */
  readonly vector: "flat" | "basis";
  /** Variance of an entry before the division by `to`; 1 where it is as it must be. */
  readonly gain?: number;
  /** All rows the same one, in place of independent ones. */
  readonly rows?: "equal";
}

/** How far from 1 the share may be to count as inside. */
export const INSIDE_WITHIN = 0.5;

/** Seconds a draw of CPython 3.11 on an x86-64 server takes, with its product; and what a replicate takes besides. */
const SECONDS_OF_DRAW = { gaussian: 7e-7, other: 4e-7 };
const SECONDS_OF_REPLICATE = 3e-5;

/**
 * Squared length of one unit vector after a random projection, by `project.py`: plain Python, standard library only. Normal entries
 * go through the C library's logarithm and sine, whose last bits are another library's own: their bytes are not promised.
 */
export function randomProjection({ entries, from, to, vector, gain = 1, rows }: Projection): Experiment<Measures> {
  const draws = from * (rows === "equal" ? 1 : to);
  return commandExperiment({
    name: "random-projection",
    module: import.meta.url,
    argv: ["python3", "benchmarks/projections/project.py"],
    files: ["benchmarks/projections/*.py", "python/plateau_experiment/*.py"],
    environment: { PYTHONPATH: "python" },
    cell: { entries, from, to, vector, gain, within: INSIDE_WITHIN, ...(rows === undefined ? {} : { rows }) },
    measures,
    seconds: SECONDS_OF_REPLICATE + draws * SECONDS_OF_DRAW[entries === "gaussian" ? "gaussian" : "other"],
    deterministic: entries !== "gaussian",
  });
}

type Measures = keyof typeof measures;

const measures = {
  share: { kind: "increment", description: "squared length after the projection, over that before it" },
  halfChiSquared: {
    kind: "raw",
    description: "share of the squared length that is left, times half the number of dimensions left",
  },
  inside: { kind: "bounded", range: [0, 1], description: "1 where the share is within a half of 1" },
} as const;
