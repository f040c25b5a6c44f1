import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Experiment } from "../../src/claim/experiment.ts";
import { resolveArms } from "../../src/claim/resolve.ts";
import type { SampleSource } from "../../src/claim/unit.ts";
import { experimentFaults, type Wanted } from "../../src/conformance/experiment-rules.ts";
import { agreementBound } from "../../src/lab/agreement.ts";
import { aboutEngine, ENGINE_NAMES, engineRates, openEngine } from "../../src/lab/engines.ts";
import { secondsOf } from "../../src/run/plan/cost-model.ts";
import { planRun } from "../../src/run/plan/plan.ts";
import { streamKey, streamName } from "../../src/run/plan/stream-key.ts";
import { openProgramPool } from "../../src/run/program/program-pool.ts";
import { loadDataset } from "../../src/run/sample/datasets.ts";
import { measureNames, observe } from "../../src/run/sample/observe.ts";
import { mnistDigits } from "../../suites/orvieto2021/digits/mnist-digits.ts";
import { claims, plannedClaims, suites } from "./suites.ts";

const SEED = "conformance";
const data = { [mnistDigits.name]: await loadDataset(mnistDigits, join(tmpdir(), "plateau-test-data")) };

/** Wide networks are cheap to sample so, and only the deep tier has them. */
function isLawExact({ experiment }: SampleSource): boolean {
  return JSON.stringify(experiment.setup).includes("law-exact");
}

/** Of the reference's bytes, and everywhere: trainings take a third of its time. */
const engine = await openEngine("wasm");

/** Eight at once, or two of those that train. */
function countOf({ cost }: Experiment): number {
  return secondsOf(cost, 8, engineRates("reference")) > 2 ? 2 : 8;
}

/** Experiments of the lab on one engine, programs in processes; of one that cannot run here nothing is drawn. */
async function draw({ experiment, seed, first, count }: Wanted): Promise<Float64Array> {
  const key = streamKey(seed, experiment.name, experiment.setup);
  if (experiment.origin?.by !== "program") {
    return observe(experiment, { engine, streams: { key, first, count }, data });
  }
  const series = { stream: streamName(key), experiment, measures: measureNames(experiment) };
  const found = await programs.compute(series, { first, count }, 60);
  return found instanceof Float64Array ? found : new Float64Array(series.measures.length * count);
}

const programs = openProgramPool({
  signal: new AbortController().signal,
  heard: () => undefined,
  failed: () => undefined,
});
afterAll(() => programs.close());

test.each(claims)("experiments of $path keep the rules of experiments", async ({ claim }) => {
  expect(await experimentFaults(claim, { draw, countOf, alsoDeep: isLawExact })).toEqual([]);
});

test("every measure's kind of rounding fits its experiment: each pair of engines has a bound, or says that none was derived", () => {
  const experiments = claims.flatMap(({ claim }) =>
    (["smoke", "deep"] as const).flatMap((tier) => resolveArms(claim, tier).flatMap(({ sources }) => sources)),
  );
  for (const { experiment } of experiments) {
    for (const [measure, { rounding }] of Object.entries(experiment.measures)) {
      const compared = {
        ...{ experiment: experiment.name, setup: experiment.setup, passes: experiment.passes, measure, rounding },
        // no replicate: what follows each of them has no work to do
        ...{ streams: { key: [1, 2, 3, 4] as const, count: 0 }, observed: () => new Float64Array(0) },
      };
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
