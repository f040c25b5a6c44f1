import { openStream } from "../../numerics/random.ts";
import { LANES } from "../../numerics/stream.ts";
import type { Trajectories, TrajectoryRequest } from "../contract/model-request.ts";
import { logSquaredNorm } from "./log-squared-norm.ts";
import { miniBatches, wholeBatch } from "./mini-batches.ts";
import { stateOf } from "./optimiser-state.ts";
import type { Primitives } from "./primitives.ts";
import { compileProgram } from "./program.ts";

/**
 * One replicate after another: record, add the noise (one `fillGaussian` of all parameters a step, from lane `noise`), descend.
 * The steps allocate nothing but the records.
 * @throws RangeError for numbers of steps or an optimiser that make no sense
 */
export function trajectories(primitives: Primitives, request: TrajectoryRequest): Trajectories {
  const { miniBatch } = request;
  const program = compileProgram(primitives, request, {
    order: 1,
    ...(miniBatch === undefined ? {} : { part: miniBatch }),
  });
  const { streams, optimiser, steps, recordEvery, noise = 0 } = request;
  const { count, parameters, gradients } = program;
  const state = stateOf(optimiser);
  const first = state.first ? program.take(count) : -1;
  const second = state.second ? program.take(count) : -1;
  const draws = noise > 0 ? program.take(count) : -1;
  const batches = miniBatch === undefined ? wholeBatch(program) : miniBatches(primitives, program, request, miniBatch);
  const values = program.open();
  const records = 1 + steps / recordEvery;
  const losses = new Float64Array(streams.count * records);
  const logGradients = new Float64Array(streams.count * records);
  const ends = new Float64Array(streams.count * count);

  for (let row = 0; row < streams.count; row++) {
    const replicate = streams.first + row;
    const stream = openStream(streams.key, replicate, LANES.noise);
    program.load(replicate);
    batches.begin(replicate, values);
    if (state.first) values.fill(0, first, first + count);
    if (state.second) values.fill(0, second, second + count);
    for (let step = 0; step <= steps; step++) {
      if (step % recordEvery === 0) {
        const at = row * records + step / recordEvery;
        losses[at] = batches.evaluateAll();
        logGradients[at] = logSquaredNorm(values, batches.gradients, batches.gradients + count);
      }
      if (step === steps) break;
      batches.evaluateNext(step);
      if (noise > 0) {
        program.gaussians(stream, draws, draws + count);
        primitives.axpy(count, noise, draws, gradients);
      }
      primitives.descend(optimiser, step + 1, count, parameters, gradients, first, second);
    }
    ends.set(values.subarray(parameters, parameters + count), row * count);
  }
  return { losses, logGradients, parameters: ends };
}
