#!/usr/bin/env node
// Says which claims an engine computes and why not the others: `node scripts/count-computable.mjs webgpu 60`, of what was built. Of
// each arm at the smoke tier two networks of the cheapest series, the cheapest of all first, each in so many seconds; with
// `every` behind them, of all series.
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stdout } from "node:process";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { misuse, oneOf, scriptWords } from "./script-words.mjs";
import { softwareVulkan } from "./software-vulkan.mjs";

const DIST = new URL("../dist/", import.meta.url);
const load = (path) => import(new URL(path, DIST));
/** A timer takes no more milliseconds than 31 bits hold. */
const MOST_SECONDS = 86_400;
const COMPUTED = "computed";

if (isMainThread) {
  const usage = "count-computable.mjs [ENGINE [SECONDS [smallest|every]]] (default: webgpu 60 smallest)";
  const { words } = scriptWords(usage, { most: 3 });
  const [engine = "webgpu", seconds = "60", extent = "smallest"] = words;
  oneOf(engine, (await load("src/lab/engines.js")).ENGINE_NAMES, usage);
  oneOf(extent, ["smallest", "every"], usage);
  if (!(Number(seconds) > 0 && Number(seconds) <= MOST_SECONDS)) {
    misuse(`${seconds} seconds, which are not from 0 to ${MOST_SECONDS}`, usage);
  }
  // workers, and the processes that they start, find a graphics adapter in software
  Object.assign(process.env, softwareVulkan());
  await count(engine, Number(seconds), extent === "every");
} else {
  await answerAll();
}

async function count(engine, seconds, isEvery) {
  const claims = await seriesOfClaims(isEvery);
  const series = new Map(claims.flatMap(({ series }) => series.map((each) => [each.name, each])));
  const answers = new Map();
  let worker;
  for (const { name, ...asked } of [...series.values()].sort((one, other) => one.cost - other.cost)) {
    worker ??= new Worker(new URL(import.meta.url), { workerData: engine });
    const said = await answerWithin(worker, asked, seconds);
    stdout.write(`${asked.path}, arm ${asked.arm}, series ${asked.source}: ${said ?? `over ${seconds} s`}\n`);
    if (said === undefined) {
      await worker.terminate();
      worker = undefined;
    }
    answers.set(name, said ?? "taken up, but not computed in the time");
  }
  await worker?.terminate();
  const counts = new Map();
  for (const claim of claims) {
    const said = claim.series.map(({ name }) => answers.get(name)).find((each) => each !== COMPUTED) ?? COMPUTED;
    counts.set(said, (counts.get(said) ?? 0) + 1);
  }
  stdout.write(`\nof ${claims.length} claims\n`);
  for (const [said, times] of [...counts].sort(([, one], [, other]) => other - one)) stdout.write(`${times} ${said}\n`);
}

/** Of each claim the series that are asked for: a name, where it is, and what it costs. */
async function seriesOfClaims(isEvery) {
  const { resolveArms } = await load("src/claim/resolve.js");
  const { NOMINAL_RATES, secondsOf } = await load("src/run/plan/cost-model.js");
  const { streamKey, streamName } = await load("src/run/plan/stream-key.js");
  const paths = readdirSync(new URL("suites/", DIST), { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".claim.js"),
  );
  return Promise.all(
    paths.sort().map(async (path) => {
      const claim = (await load(`suites/${path}`)).default;
      const arms = resolveArms(claim, "smoke").map(({ sources }, arm) =>
        sources
          .map(({ experiment }, source) => ({
            ...{ path, arm, source, isProgram: experiment.origin?.by === "program" },
            name: streamName(streamKey("computable", experiment.name, experiment.setup)),
            cost: secondsOf(experiment.cost, 2, NOMINAL_RATES),
          }))
          .filter(({ isProgram }) => !isProgram)
          .sort((one, other) => one.cost - other.cost),
      );
      return { path, series: arms.flatMap((all) => (isEvery ? all : all.slice(0, 1))) };
    }),
  );
}

/** What the worker says; nothing where it does not within the time. */
function answerWithin(worker, asked, seconds) {
  return new Promise((resolve, reject) => {
    const finish = (said) => {
      clearTimeout(timer);
      worker.off("message", finish).off("error", reject);
      resolve(said);
    };
    const timer = setTimeout(finish, 1000 * seconds);
    worker.on("message", finish).on("error", reject);
    worker.postMessage(asked);
  });
}

async function answerAll() {
  const { UnsupportedError } = await load("src/lab/contract/engine.js");
  const { openEngine } = await load("src/lab/engines.js");
  const { resolveArms } = await load("src/claim/resolve.js");
  const { streamKey } = await load("src/run/plan/stream-key.js");
  const { loadDataset } = await load("src/run/sample/datasets.js");
  const { observe } = await load("src/run/sample/observe.js");
  const { mnistDigits } = await load("suites/orvieto2021/digits/mnist-digits.js");
  const data = { [mnistDigits.name]: await loadDataset(mnistDigits, join(tmpdir(), "plateau-count-data")) };
  const engine = await openEngine(workerData);
  parentPort.on("message", async ({ path, arm, source }) => {
    const claim = (await load(`suites/${path}`)).default;
    const { experiment } = resolveArms(claim, "smoke")[arm].sources[source];
    const key = streamKey("computable", experiment.name, experiment.setup);
    try {
      observe(experiment, { engine, streams: { key, first: 0, count: 2 }, data });
      parentPort.postMessage(COMPUTED);
    } catch (error) {
      if (!(error instanceof UnsupportedError)) throw error;
      parentPort.postMessage(error.message);
    }
  });
}
