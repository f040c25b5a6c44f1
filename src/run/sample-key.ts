import { createHash } from "node:crypto";
import { canonicalJson } from "../claim/canonical-json.ts";
import type { EngineName } from "../engines/engine.ts";
import { DATASET_DIGESTS } from "./datasets.ts";
import type { PlannedSeries } from "./plan.ts";
import type { ModuleCode } from "./task.ts";

/** Rises when the form of stored samples changes. */
const SAMPLE_KEY_VERSION = 1;

/** Where samples of a series lie in the store, and the code that made them. */
export interface SampleKey {
  readonly key: string;
  /** The experiment's module and the engine's. */
  readonly code: readonly [experiment: ModuleCode, engine: ModuleCode];
}

/** Keys of experiments' observations in the store: all that they depend on, and nothing else. */
export function sampleKeyer(
  engine: EngineName,
  codeHash: (module: string) => string,
): (series: PlannedSeries) => SampleKey {
  const engineModule = new URL(`../engines/${engine}${extension()}`, import.meta.url).href;
  const engineCode = { module: engineModule, hash: codeHash(engineModule) };
  return ({ stream, experiment, measures }) => {
    const { name, setup, module } = experiment;
    const code = { module, hash: codeHash(module) };
    const data = Object.fromEntries((experiment.data ?? []).map((set) => [set, DATASET_DIGESTS[set]]));
    const content = {
      plateauSamples: SAMPLE_KEY_VERSION,
      code: code.hash,
      engine,
      engineCode: engineCode.hash,
      ...{ stream, name, setup, measures, data },
    };
    const key = createHash("sha256").update(canonicalJson(content)).digest("hex");
    return { key, code: [code, engineCode] };
  };
}

/** Sources when run as such, else compiled. */
function extension(): string {
  return import.meta.url.endsWith(".ts") ? ".ts" : ".js";
}
