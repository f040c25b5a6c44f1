import type { AnyClaim } from "../claim/claim.ts";
import type { AnyCell, DatasetName, Experiment } from "../claim/experiment.ts";
import type { EngineName } from "../engines/engine.ts";
import { engineNamed } from "../engines/engines.ts";
import type { Dataset } from "../numerics/dataset.ts";
import { loadDataset } from "./datasets.ts";
import { measureNames, observe } from "./observe.ts";
import type { Samples } from "./sampler.ts";
import { streamKey, streamName } from "./stream-key.ts";

export interface DrawRequest {
  readonly claim: AnyClaim;
  /** Index into the claim's controls; null for the claimed arm. */
  readonly control: number | null;
  /** Any cell, on the grid or off it. */
  readonly cell: AnyCell;
  readonly replicates: number;
  readonly seed: string;
  readonly engine: EngineName;
  /** Folder where data sets are kept for the next time. */
  readonly dataCache: string;
}

export interface DrawnSamples extends Samples {
  readonly experiment: Experiment;
  readonly stream: string;
  readonly measures: readonly string[];
}

/**
 * Observations for people who want to look: the very ones that a run with that seed would judge, without a verdict and
 * without the store. In this thread: an experiment that throws, throws here. Throws `ObservationError`, `DatasetError`,
 * `UnsupportedError` and what the experiment throws.
 */
export async function drawSamples(request: DrawRequest): Promise<DrawnSamples> {
  const { claim, control, cell, replicates, seed } = request;
  const arm = control === null ? claim : claim.controls[control];
  if (!arm) throw new RangeError(`claim ${claim.id} has ${claim.controls.length} controls, got index ${control}`);
  const experiment = arm.experiment(cell);
  const key = streamKey(seed, experiment.name, experiment.setup);
  const data: { [name in DatasetName]?: Dataset } = {};
  for (const name of experiment.data ?? []) data[name] = await loadDataset(name, request.dataCache);
  const streams = { key, first: 0, count: replicates };
  const values = observe(experiment, { engine: engineNamed(request.engine), streams, data });
  const measures = measureNames(experiment);
  const columns = measures.map((_, column) => values.subarray(column * replicates, (column + 1) * replicates));
  return { experiment, stream: streamName(key), measures, count: replicates, columns };
}
