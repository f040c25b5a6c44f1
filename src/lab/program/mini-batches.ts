import { openStream } from "../../numerics/random.ts";
import { LANES } from "../../numerics/stream.ts";
import type { TrajectoryRequest } from "../contract/model-request.ts";
import { drawEpochOrder } from "../draws/epoch-order.ts";
import type { Primitives } from "./primitives.ts";
import type { Program } from "./program.ts";

/** What the steps of a trajectory see of the batch. Nothing is allocated but an order a replicate. */
export interface Batches {
  /** After the program, whose opened memory is `values`, has loaded a replicate. */
  readonly begin: (replicate: number, values: Float64Array) => void;
  /** Gives the loss of the whole batch and leaves its gradient in `gradients`. */
  readonly evaluateAll: () => number;
  readonly gradients: number;
  /** Leaves in the program's gradients what step `step` (from 0 up) descends along. */
  readonly evaluateNext: (step: number) => void;
}

/** Every step sees the whole batch, once evaluated for record and step alike. */
export function wholeBatch(program: Program): Batches {
  let evaluated = false;
  return {
    begin() {
      evaluated = false;
    },
    evaluateAll() {
      evaluated = true;
      return program.evaluate();
    },
    gradients: program.gradients,
    evaluateNext() {
      if (!evaluated) program.evaluate();
      evaluated = false;
    },
  };
}

/** Parts of `size` examples, in an order drawn anew when all have been seen; before the program is opened. */
export function miniBatches(
  primitives: Primitives,
  program: Program,
  { batch, streams }: TrajectoryRequest,
  size: number,
): Batches {
  const { count, gradients } = program;
  const parts = batch.size / size;
  const drawn = Int32Array.from({ length: batch.size }, (_, example) => example);
  const order = new Int32Array(batch.size);
  const sum = program.take(count);
  let stream = openStream(streams.key, streams.first, LANES.order);
  let memory: Float64Array = new Float64Array(0);
  return {
    begin(replicate, values) {
      memory = values;
      stream = openStream(streams.key, replicate, LANES.order);
    },
    evaluateAll() {
      let loss = 0;
      for (let part = 0; part < parts; part++) {
        program.show(drawn, part * size);
        loss += program.evaluate();
        if (part === 0) memory.copyWithin(sum, gradients, gradients + count);
        else primitives.axpy(count, 1, gradients, sum);
      }
      primitives.scale(count, 1 / parts, sum);
      return loss / parts;
    },
    gradients: sum,
    evaluateNext(step) {
      if (step % parts === 0) drawEpochOrder(stream, order);
      program.show(order, (step % parts) * size);
      program.evaluate();
    },
  };
}
