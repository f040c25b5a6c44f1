import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { PlannedArm, PlannedSeries } from "../plan/plan.ts";
import { armEvidence, type SourceSamples } from "./arm-evidence.ts";

const measure = { kind: "bounded", rounding: "exact", range: [0, 1] as const, description: "zero or one" } as const;

const series: PlannedSeries = {
  stream: "0".repeat(32),
  key: [0, 0, 0, 0],
  experiment: {
    ...{ name: "coin", module: "file:///coin.js", setup: null, measures: { alive: measure, head: measure } },
    cost: { draws: 1, multiplyAdds: 0 },
    observe: () => ({ alive: new Float64Array(), head: new Float64Array() }),
  },
  measures: ["alive", "head"],
  address: { claim: "file:///claim.js", control: null, role: "experiment", cell: {} },
  claim: "a/b/c",
  replicates: 2000,
};

/** Proportions inside [0.4, 0.6] at each of the given cells. */
function plannedArm(cells: number, given?: string): PlannedArm {
  const indices = Array.from({ length: cells }, (_, index) => index);
  return {
    claim: undefined as never,
    levels: { support: 1e-3, refute: 1e-3, undecided: 1e-2 },
    looks: 1,
    streams: indices.map(() => series.stream),
    arm: {
      name: "claimed",
      kind: "claimed",
      control: null,
      sources: indices.map((size) => ({
        ...{ cell: { size }, role: "experiment" as const, experiment: series.experiment, looks: [2000] },
      })),
      units: indices.map((source) => ({
        label: `size ${source}`,
        predicted: 0.5,
        question: { statistic: "proportion" as const, region: { low: 0.4, high: 0.6 }, rivals: [] },
        groups: [{ source, columns: ["head"], ...(given === undefined ? {} : { given }) }],
      })),
    },
  };
}

/** Heads at this rate, spread evenly; the first `alive` replicates count. */
function coins(rate: number, count = 2000, alive = count): SourceSamples {
  const head = Float64Array.from({ length: count }, (_, row) => Math.floor((row + 1) * rate) - Math.floor(row * rate));
  const counts = Float64Array.from({ length: count }, (_, row) => (row < alive ? 1 : 0));
  return { series, samples: { count, columns: [counts, head] } };
}

describe("an arm", () => {
  test.each([
    ["supported by all its units", [0.5, 0.5], "supported"],
    ["refuted by one of them", [0.5, 0.8], "refuted"],
    ["inconclusive with one that is", [0.5, 0.6], "inconclusive"],
    ["refuted by one beside one that is inconclusive", [0.6, 0.2], "refuted"],
  ])("is %s", (_, rates, state) => {
    const evidence = armEvidence(
      plannedArm(2),
      rates.map((rate) => coins(rate)),
      1,
    );
    expect(evidence.state).toBe(state);
    expect(evidence.units.map(({ estimate }) => estimate)).toEqual(rates);
  });

  test("judges only the replicates that count", () => {
    const [cell] = armEvidence(plannedArm(1, "alive"), [coins(0.5, 2000, 1200)], 1).cells;
    expect(cell).toMatchObject({ replicates: 2000, counted: 1200 });
  });

  test("is crashed by a cell without samples, with the cell and the reason; a crash outranks a time-out", () => {
    const late = { series, samples: { state: "timed-out", reason: "no answer within 3 s" } } as const;
    const dead = { series, samples: { state: "crashed", reason: "worker died with exit code 7" } } as const;
    const one = armEvidence(plannedArm(2), [coins(0.5), late], 1);
    expect([one.state, one.reason, one.units]).toEqual(["timed-out", "size 1: no answer within 3 s", []]);
    const both = armEvidence(plannedArm(3), [late, coins(0.5), dead], 1);
    expect([both.state, both.reason]).toEqual(["crashed", "size 2: worker died with exit code 7"]);
    expect(both.cells.map(({ replicates, blocks }) => [replicates, blocks.length])).toEqual([
      [0, 0],
      [2000, 32],
      [0, 0],
    ]);
  });

  test("is crashed by a judge that refuses its samples, with the unit and the judge's words", () => {
    const evidence = armEvidence(plannedArm(1), [coins(0.3, 100, 100)].map(halved), 1);
    expect(evidence.state).toBe("crashed");
    expect(evidence.reason).toMatch(/^size 0: /);
  });

  test("carries a digest for each block of 64 replicates, of all measures", () => {
    const source = coins(0.5, 100);
    const [cell] = armEvidence(plannedArm(1), [source], 1).cells;
    if ("state" in source.samples) throw new Error("samples are required");
    const last = source.samples.columns.map((column) => Buffer.from(column.slice(64, 100).buffer));
    const digest = createHash("sha256").update(Buffer.concat(last)).digest("hex").slice(0, 16);
    expect(cell!.blocks).toHaveLength(2);
    expect(cell!.blocks[1]).toBe(digest);
  });
});

/** Halves in the place of ones: no proportion can be of them. */
function halved({ series: own, samples }: SourceSamples): SourceSamples {
  if ("state" in samples) return { series: own, samples };
  const columns = samples.columns.map((column) => column.map((value) => value / 2));
  return { series: own, samples: { ...samples, columns } };
}
