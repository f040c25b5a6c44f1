import type {
  Context as AnyContext,
  Experiment as AnyExperiment,
  ExperimentDefinition,
} from "../../claim/experiment.ts";
import type { Engine } from "./engine.ts";

/** An experiment on random networks. */
export type Experiment<M extends string = string> = AnyExperiment<M, Engine>;

export type Context = AnyContext<Engine>;

/** Identity, for inference, as plateau's own: here `observe` is handed an engine of the laboratory. */
export function defineExperiment<M extends string>(experiment: ExperimentDefinition<M, Engine>): Experiment<M> {
  return experiment;
}
