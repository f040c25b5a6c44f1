import { hash } from "node:crypto";
import { canonicalJson } from "../../claim/canonical-json.ts";
import type { Json } from "../../claim/experiment.ts";
import type { Instrument, OpenedEngine } from "../../claim/instrument.ts";
import type { PlannedSeries } from "../plan/plan.ts";
import { programCoder } from "../program/program-code.ts";
import type { ModuleCode } from "../sample/task.ts";

/** Rises when the form of stored samples changes. */
const SAMPLE_KEY_VERSION = 1;

/** Where samples of a series lie in the store, and the code that made them. */
export interface SampleKey {
  readonly key: string;
  /** The experiment's module and the engine's; of a program twice its own. */
  readonly code: readonly [experiment: ModuleCode, engine: ModuleCode];
}

/**
 * Keys of experiments' observations in the store: all that they depend on, and nothing else. Of an engine its name, the code
 * of its module with the kernels that it loads, and its versions: a library of the system has no code of ours. What a program
 * makes depends on its own files and its interpreter, and neither on an engine nor on plateau; a record depends on no engine.
 */
export function sampleKeyer(
  engine: OpenedEngine,
  instrument: Pick<Instrument, "engineModule">,
  codeOf: (module: string) => ModuleCode,
  programCode = programCoder(),
): (series: PlannedSeries) => SampleKey {
  const module = instrument.engineModule(engine.name);
  const engineCode = codeOf(module);
  return (series) => {
    const { origin } = series.experiment;
    if (origin?.by === "program") {
      const { hash } = programCode(series.experiment, origin);
      const code = { module: series.experiment.module, hash };
      return { key: keyOf(series, { program: hash }), code: [code, code] };
    }
    const code = codeOf(series.experiment.module);
    const made =
      origin?.by === "recorded"
        ? { code: code.hash }
        : { code: code.hash, engine: engine.name, engineCode: engineCode.hash, engineVersions: engine.versions };
    return { key: keyOf(series, made), code: [code, engineCode] };
  };
}

function keyOf({ stream, experiment, measures }: PlannedSeries, made: { readonly [by: string]: Json }): string {
  const { name, setup } = experiment;
  const data = Object.fromEntries((experiment.data ?? []).map(({ name: set, digest }) => [set, digest]));
  const content = { plateauSamples: SAMPLE_KEY_VERSION, ...made, ...{ stream, name, setup, measures, data } };
  return hash("sha256", canonicalJson(content));
}
