import type { Context, Experiment } from "../claim/experiment.ts";
import { chunkReplicates } from "../run/plan/plan.ts";
import { streamName } from "../run/plan/stream-key.ts";
import { openProgramPool } from "../run/program/program-pool.ts";
import { measureNames, observe } from "../run/sample/observe.ts";
import { limitOf } from "../run/sample/sampler.ts";
import type { Surroundings } from "./dispatch.ts";
import { UsageError } from "./errors.ts";

/** Replicates between two looks at whether Ctrl-C was pressed. */
const CHUNK = 64;

/** Draws replicates of one experiment, some at a time. */
export interface Drawing {
  /** How many at a time. */
  readonly step: number;
  readonly draw: (first: number, count: number) => Promise<Float64Array>;
  readonly close: () => void;
}

interface DrawnWith extends Pick<Context, "engine" | "data"> {
  readonly key: Context["streams"]["key"];
  readonly io: Pick<Surroundings, "signal" | "stderr">;
}

/** In this process, or by the experiment's own program, whose words other than answers go to standard error. */
export function drawingOf(experiment: Experiment, { engine, data, key, io }: DrawnWith): Drawing {
  if (experiment.origin?.by !== "program") {
    const draw = async (first: number, count: number) =>
      observe(experiment, { engine, streams: { key, first, count }, data });
    return { step: CHUNK, draw, close: () => undefined };
  }
  const programs = openProgramPool({
    signal: io.signal,
    heard: (line) => io.stderr(`${line}\n`),
    failed: (_experiment, errors) => io.stderr(errors),
  });
  const series = { stream: streamName(key), experiment, measures: measureNames(experiment) };
  return {
    step: chunkReplicates(experiment),
    draw: async (first, count) => {
      const found = await programs.compute(series, { first, count }, limitOf(series, { first, count }));
      if (found instanceof Float64Array) return found;
      throw new UsageError(found.reason);
    },
    close: programs.close,
  };
}
