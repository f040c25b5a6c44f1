import { createHash } from "node:crypto";
import { canonicalJson } from "../../claim/canonical-json.ts";
import type { Instrument, OpenedEngine } from "../../claim/instrument.ts";
import type { PlannedSeries } from "../plan/plan.ts";
import type { ModuleCode } from "../sample/task.ts";

/** Rises when the form of stored samples changes. */
const SAMPLE_KEY_VERSION = 1;

/** Where samples of a series lie in the store, and the code that made them. */
export interface SampleKey {
  readonly key: string;
  /** The experiment's module and the engine's. */
  readonly code: readonly [experiment: ModuleCode, engine: ModuleCode];
}

/**
 * Keys of experiments' observations in the store: all that they depend on, and nothing else. Of an engine its name, the code
 * of its module with the kernels that it loads, and its versions: a library of the system has no code of ours.
 */
export function sampleKeyer(
  engine: OpenedEngine,
  instrument: Pick<Instrument, "engineModule">,
  codeHash: (module: string) => string,
): (series: PlannedSeries) => SampleKey {
  const module = instrument.engineModule(engine.name);
  const engineCode = { module, hash: codeHash(module) };
  return ({ stream, experiment, measures }) => {
    const { name, setup } = experiment;
    const code = { module: experiment.module, hash: codeHash(experiment.module) };
    const data = Object.fromEntries((experiment.data ?? []).map(({ name: set, digest }) => [set, digest]));
    const content = {
      plateauSamples: SAMPLE_KEY_VERSION,
      code: code.hash,
      engine: engine.name,
      engineCode: engineCode.hash,
      engineVersions: engine.versions,
      ...{ stream, name, setup, measures, data },
    };
    const key = createHash("sha256").update(canonicalJson(content)).digest("hex");
    return { key, code: [code, engineCode] };
  };
}
