import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Observations, Experiment as PlannedExperiment } from "../../src/claim/experiment.ts";
import { resolveArms } from "../../src/claim/resolve.ts";
import type { SampleSource } from "../../src/claim/unit.ts";
import { agreementBound } from "../../src/lab/agreement.ts";
import type { Experiment } from "../../src/lab/contract/experiment.ts";
import { aboutEngine, ENGINE_NAMES, engineRates } from "../../src/lab/engines.ts";
import { reference } from "../../src/lab/reference/engine.ts";
import { secondsOf } from "../../src/run/plan/cost-model.ts";
import { planRun } from "../../src/run/plan/plan.ts";
import { streamKey, streamName } from "../../src/run/plan/stream-key.ts";
import { openProgramPool } from "../../src/run/program/program-pool.ts";
import { loadDataset } from "../../src/run/sample/datasets.ts";
import { measureNames } from "../../src/run/sample/observe.ts";
import { mnistDigits } from "../../suites/orvieto2021/digits/mnist-digits.ts";
import { claims, plannedClaims, suites } from "./suites.ts";

const SEED = "conformance";
const data = { [mnistDigits.name]: await loadDataset(mnistDigits, join(tmpdir(), "plateau-test-data")) };

/** Wide networks are cheap to sample so, and only the deep tier has them. */
function isLawExact({ experiment }: SampleSource): boolean {
  return JSON.stringify(experiment.setup).includes("law-exact");
}

/** Eight at once, or two of those that train: half a second each on this engine. */
function countOf({ cost }: PlannedExperiment): number {
  return secondsOf(cost, 8, engineRates("reference")) > 2 ? 2 : 8;
}

/** Digests of each replicate from `first` on, all measures. */
function digests(experiment: PlannedExperiment, first: number, count: number): readonly string[] {
  const key = streamKey(SEED, experiment.name, experiment.setup);
  const seen: Observations<string> = (experiment as Experiment).observe({
    engine: reference,
    streams: { key, first, count },
    data,
  });
  return Array.from({ length: count }, (_, row) => {
    const hash = createHash("sha256");
    for (const name of Object.keys(experiment.measures)) hash.update(seen[name]!.slice(row, row + 1));
    return hash.digest("hex");
  });
}

/** The same of a program; of one that cannot be run here nothing but the reason, the same each time. */
async function programDigests(experiment: PlannedExperiment, first: number, count: number): Promise<readonly string[]> {
  const stream = streamName(streamKey(SEED, experiment.name, experiment.setup));
  const measures = measureNames(experiment);
  const pool = openProgramPool({
    signal: new AbortController().signal,
    heard: () => undefined,
    failed: () => undefined,
  });
  const found = await pool.compute({ stream, experiment, measures }, { first, count }, 60);
  pool.close();
  if (!(found instanceof Float64Array)) return Array.from({ length: count }, () => found.reason);
  return Array.from({ length: count }, (_, row) => measures.map((_m, column) => found[column * count + row]).join(" "));
}

describe.each(claims)("$path", ({ claim }) => {
  const arms = resolveArms(claim, "smoke");
  const sampled = resolveArms(claim, "deep").map((arm) => ({ ...arm, sources: arm.sources.filter(isLawExact) }));
  const cells = [...arms, ...sampled].flatMap(({ name, sources }) =>
    sources
      .filter(({ experiment }) => experiment.origin?.by !== "program")
      .map(({ cell, role, experiment }) => ({ name: `${name} ${role} ${JSON.stringify(cell)}`, experiment })),
  );
  const programs = arms.flatMap(({ name, sources }) =>
    sources
      .filter(({ experiment }) => experiment.origin?.by === "program" && experiment.origin.deterministic)
      .slice(0, 1)
      .map(({ experiment }) => ({ name, experiment })),
  );

  test.each(cells)(
    "the same seed gives the same bytes, all at once or in two parts in any order: $name",
    ({ experiment }) => {
      const half = countOf(experiment) / 2;
      const whole = digests(experiment, 0, 2 * half);
      const late = digests(experiment, half, half);
      const early = digests(experiment, 0, half);
      expect([...early, ...late]).toEqual(whole);
    },
  );

  // one cell an arm: a replicate of a program may be a training
  test.each(programs)(
    "the same seed gives the same bytes of a program, all at once or one by one: $name",
    async (arm) => {
      const whole = await programDigests(arm.experiment, 0, 2);
      expect([
        ...(await programDigests(arm.experiment, 1, 1)),
        ...(await programDigests(arm.experiment, 0, 1)),
      ]).toEqual([...whole].reverse());
    },
  );

  test("no control is vacuous: its samples are not those of the claimed arm", () => {
    const [claimed, ...controls] = arms.map((arm) => ({
      ...arm,
      sources: arm.sources.filter(({ experiment }) => experiment.origin?.by !== "program"),
    }));
    for (const control of controls) {
      for (const { cell, role, experiment } of control.sources.filter((source) => source.role === "experiment")) {
        const same = claimed!.sources.find(
          (source) => source.role === role && JSON.stringify(source.cell) === JSON.stringify(cell),
        );
        const own = resolveArms(claim, "full")[0]!.sources.find(
          (source) => JSON.stringify(source.cell) === JSON.stringify(cell),
        );
        const half = countOf(experiment) / 2;
        expect(digests(experiment, 0, half)).not.toEqual(digests((same ?? own)!.experiment, 0, half));
      }
    }
  });
});

test("every measure's kind of rounding fits its experiment: each pair of engines has a bound, or says that none was derived", () => {
  const experiments = claims.flatMap(({ claim }) =>
    (["smoke", "deep"] as const).flatMap((tier) => resolveArms(claim, tier).flatMap(({ sources }) => sources)),
  );
  for (const { experiment } of experiments) {
    for (const [measure, { rounding }] of Object.entries(experiment.measures)) {
      const compared = { experiment: experiment.name, setup: experiment.setup, measure, rounding };
      for (const name of ENGINE_NAMES) {
        const bound = agreementBound(aboutEngine(name), compared);
        if (rounding === "exact" || name === "reference") expect(bound).toMatchObject({ bound: 0, rate: 0 });
      }
    }
  }
});

test("a claim's streams are the same with and without its neighbours, in any order", () => {
  for (const suite of suites) {
    const planned = plannedClaims(suite);
    const together = planRun([...planned].reverse(), "smoke", SEED);
    for (const one of planned) {
      const alone = planRun([one], "smoke", SEED);
      const streamsOf = (arms: typeof alone.arms) =>
        arms.filter(({ claim }) => claim.claim.id === one.claim.id).map(({ streams }) => streams);
      expect(streamsOf(together.arms)).toEqual(streamsOf(alone.arms));
    }
  }
});

test("streams of different experiments, cells and seeds differ", () => {
  const experiments = new Map<string, string>();
  for (const { claim } of claims) {
    for (const { sources } of (["full", "deep"] as const).flatMap((tier) => resolveArms(claim, tier))) {
      for (const { experiment } of sources) {
        const content = JSON.stringify([experiment.name, experiment.setup]);
        const name = streamName(streamKey(SEED, experiment.name, experiment.setup));
        expect(experiments.get(name) ?? content).toBe(content);
        experiments.set(name, content);
        expect(streamName(streamKey("another", experiment.name, experiment.setup))).not.toBe(name);
      }
    }
  }
  expect(experiments.size).toBeGreaterThan(100);
});
