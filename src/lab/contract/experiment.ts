import type { Context as AnyContext, Experiment as AnyExperiment } from "../../claim/experiment.ts";
import type { Engine } from "./engine.ts";

/** An experiment on random networks. */
export type Experiment<M extends string = string> = AnyExperiment<M, Engine>;

export type Context = AnyContext<Engine>;
