import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { resolveArms } from "../../src/claim/resolve.ts";
import { UnsupportedError } from "../../src/lab/contract/engine.ts";
import { type EngineName, openEngine } from "../../src/lab/engines.ts";
import { NOMINAL_RATES, secondsOf } from "../../src/run/plan/cost-model.ts";
import { streamKey, streamName } from "../../src/run/plan/stream-key.ts";
import { loadDataset } from "../../src/run/sample/datasets.ts";
import { observe } from "../../src/run/sample/observe.ts";
import { mnistDigits } from "../../suites/orvieto2021/digits/mnist-digits.ts";
import { claims } from "./suites.ts";

/**
 * How many claims an engine can compute, and what it says of the others: two networks of each series of a smoke run, the cheapest series
 * first and none after the first that is refused. `COMPUTABLE=webgpu npx vitest run test/conformance/computable` prints it; without
 * the variable nothing is run, because on a software adapter it takes an hour.
 */
const name = process.env["COMPUTABLE"] as EngineName | undefined;

test.runIf(name !== undefined)(
  "every claim is computed, or refused with a reason",
  { timeout: 7_200_000 },
  async () => {
    const engine = await openEngine(name!);
    const data = { [mnistDigits.name]: await loadDataset(mnistDigits, join(tmpdir(), "plateau-test-data")) };
    const answers = new Map<string, string | undefined>();
    const reasons = new Map<string, string[]>();
    const all = claims
      .map(({ path, claim }) => ({
        path,
        experiments: resolveArms(claim, "smoke")
          .flatMap(({ sources }) => sources.map(({ experiment }) => experiment))
          .filter(({ origin }) => origin?.by !== "program")
          .sort((one, other) => secondsOf(one.cost, 2, NOMINAL_RATES) - secondsOf(other.cost, 2, NOMINAL_RATES)),
      }))
      .map((claim) => ({
        ...claim,
        seconds: claim.experiments.reduce((sum, { cost }) => sum + secondsOf(cost, 2, NOMINAL_RATES), 0),
      }))
      .sort((one, other) => one.seconds - other.seconds);
    for (const { path, experiments } of all) {
      let reason: string | undefined;
      for (const experiment of experiments) {
        const key = streamKey("computable", experiment.name, experiment.setup);
        const stream = streamName(key);
        if (!answers.has(stream)) {
          try {
            observe(experiment, { engine, streams: { key, first: 0, count: 2 }, data });
            answers.set(stream, undefined);
          } catch (error) {
            if (!(error instanceof UnsupportedError)) throw error;
            answers.set(stream, error.message);
          }
        }
        reason = answers.get(stream);
        if (reason !== undefined) break;
      }
      const said = reason ?? "computed";
      reasons.set(said, [...(reasons.get(said) ?? []), path]);
      process.stdout.write(`${path}: ${said}\n`);
    }
    const table = [...reasons].sort(([, one], [, other]) => other.length - one.length);
    for (const [reason, paths] of table) process.stdout.write(`${paths.length} ${reason}\n`);
    expect(table.reduce((sum, [, paths]) => sum + paths.length, 0)).toBe(claims.length);
  },
);
