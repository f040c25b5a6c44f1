import { join } from "node:path";
import { setImmediate as breathe } from "node:timers/promises";
import type { AnyCell } from "../../predictions/cells.ts";
import { knownClaims } from "../../project/known-claims.ts";
import { readProject } from "../../project/project.ts";
import { findRoots } from "../../project/roots.ts";
import { parseSeed } from "../../project/seed.ts";
import { EXIT } from "../../report/exit-code.ts";
import { sampleCsv } from "../../report/sample-csv.ts";
import { describeText } from "../../report/terminal/describe-text.ts";
import { sampleJson, sampleText } from "../../report/terminal/sample-text.ts";
import { streamKey } from "../../run/plan/stream-key.ts";
import { loadDataset } from "../../run/sample/datasets.ts";
import { measureNames } from "../../run/sample/observe.ts";
import { armExperiment, readingAll } from "../arguments/arm-experiment.ts";
import { selectClaim } from "../arguments/claim-names.ts";
import { defineCommand } from "../arguments/command.ts";
import { parseCount, parseEngine } from "../arguments/option-values.ts";
import { parseCell } from "../arguments/parse-cell.ts";
import { drawingOf } from "../draw-sample.ts";
import { InterruptedError, UsageError } from "../errors.ts";
import { INSTRUMENT } from "../instrument.ts";
import { storeFolder } from "../result-place.ts";

/** A table of more is for `run`, which stores samples and uses all cores. */
const MOST_REPLICATES = 10_000_000;

export default defineCommand({
  name: "sample",
  summary: "Draw raw observations of a claim's experiment at any cell, on the grid or off it. No verdict.",
  usage: "sample <claim> [--arm NAME] --set axis=value… [options]",
  notes: [
    "Replicate r of a seed is the same number here, in a run, and for any other count of replicates. Arms are claimed, against (the second experiment of a comparison) and the names of the assumptions that the controls break.",
  ],
  examples: [
    { command: "sample CLAIM --set depth=48", does: "off the grid: what it looks like" },
    { command: "sample CLAIM --set depth=64 --replicates 1000 --csv > rate.csv", does: "for a notebook" },
    { command: "sample CLAIM --set depth=48 --replicates 100000 --describe", does: "which family may be declared" },
  ],
  options: {
    arm: {
      type: "string",
      default: "claimed",
      placeholder: "NAME",
      description: "claimed, against, or a control's broken assumption",
    },
    set: {
      type: "string",
      multiple: true,
      placeholder: "AXIS=VALUE",
      description: "a coordinate of the cell; once for each axis",
    },
    replicates: { type: "string", default: "200", placeholder: "N", description: "how many" },
    seed: {
      type: "string",
      placeholder: "N",
      description: "master seed, a whole number, or fresh (default: the project's)",
    },
    engine: {
      type: "string",
      placeholder: "NAME",
      description: `what computes; see plateau doctor (default: ${INSTRUMENT.defaultEngineIs})`,
    },
    fast: { type: "boolean", description: `the engine ${INSTRUMENT.fast?.engine}` },
    store: {
      type: "string",
      placeholder: "DIR",
      description: "where prepared data sets are kept (default: .plateau/samples of the project)",
    },
    describe: {
      type: "boolean",
      description: "moments of the predicted measure, and the family to declare (with --replicates 100000, say)",
    },
    csv: { type: "boolean", description: "print all replicates as comma-separated values" },
  },
  positionals: { min: 1, max: 1, what: "the name of one claim" },
  run: async ({ values, positionals }, io) => {
    const forms = (["json", "csv", "describe"] as const).filter((form) => values[form]);
    if (forms.length > 1) throw new UsageError(`sample prints one form, got both --${forms[0]} and --${forms[1]}`);
    const count = parseCount("--replicates", values.replicates, MOST_REPLICATES);
    const engine = await INSTRUMENT.open(parseEngine(values.engine, values.fast, io));
    const roots = findRoots(values.root, io);
    const seed = parseSeed(values.seed ?? readProject(roots.repository).seed);
    const all = await knownClaims(roots.suites);
    const { claim } = selectClaim(positionals[0]!, all);
    const make = armExperiment(claim, values.arm);
    const cell = parseCell(values.set, claim.grid);
    const experiment = readingAll(cell, claim.grid, (watched) => atCell(cell, () => make(watched)));
    const key = streamKey(seed, experiment.name, experiment.setup);
    const folder = join(storeFolder(values.store, io), "data");
    const loaded = await Promise.all((experiment.data ?? []).map((input) => loadDataset(input, folder)));
    const data = Object.fromEntries(loaded.map((set) => [set.name, set]));
    const measures = measureNames(experiment);
    const columns = measures.map(() => new Float64Array(count));
    const drawing = drawingOf(experiment, { engine, data, key, io });
    for (let first = 0; first < count; first += drawing.step) {
      const size = Math.min(drawing.step, count - first);
      const drawn = await drawing.draw(first, size).catch((error) => atCell(cell, () => rethrow(error)));
      for (const [index, column] of columns.entries())
        column.set(drawn.subarray(index * size, (index + 1) * size), first);
      await breathe();
      if (io.signal.aborted) throw new InterruptedError();
    }
    drawing.close();
    const sample = {
      claim: claim.id,
      arm: values.arm,
      cell,
      seed,
      engine: experiment.origin?.by ?? engine.name,
      experiment: experiment.name,
      replicates: count,
      measures: measures.map((name, index) => ({ name, ...experiment.measures[name]!, values: columns[index]! })),
    };
    if (values.describe) io.stdout(describeText(sample, claim.prediction, io.columns));
    else io.stdout(values.json ? sampleJson(sample) : values.csv ? sampleCsv(sample) : sampleText(sample, io.columns));
    return EXIT.holds;
  },
});

function rethrow(error: unknown): never {
  throw error;
}

/** Off the grid an experiment may not exist: what it says then is about the user's cell, not a bug. */
function atCell<T>(cell: AnyCell, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof Error && error.name === "UnsupportedError") throw error;
    const where = Object.entries(cell).map(([axis, value]) => `${axis}=${value}`);
    const what = error instanceof Error ? error.message : String(error);
    throw new UsageError(`sample cannot be drawn at ${where.join(" ")}: ${what}`, { cause: error });
  }
}
