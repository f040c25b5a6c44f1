import { openStream } from "../../../numerics/random.ts";
import { LANES } from "../../../numerics/stream.ts";
import type { TrajectoryRequest } from "../../contract/model-request.ts";
import { drawEpochOrder } from "../../draws/epoch-order.ts";
import type { Library, Tensor } from "../library.ts";
import type { Point } from "./model.ts";

/** What the steps of trajectories see of their batches. */
export interface Batches {
  /** Consecutive parts of equal size: their mean is the whole batch's. */
  readonly parts: readonly Point[];
  /** What step `step` sees; called inside a `tidy`, once for each step from 0 up. */
  readonly next: (step: number) => Point;
  /** Frees what is not the rows' own. */
  readonly dispose: () => void;
}

/** Every step sees the whole batch. */
export function wholeBatches(rows: Point): Batches {
  return { parts: [rows], next: () => rows, dispose: () => undefined };
}

/** Parts of `size` examples, each replicate's in an order of its own that is drawn anew when all have been seen. */
export function miniBatches(
  tf: Library,
  { inputs, targets }: Point,
  { batch, streams }: TrajectoryRequest,
  size: number,
  replicates: readonly number[],
): Batches {
  const perEpoch = batch.size / size;
  const both = (pick: (values: Tensor) => Tensor): Point => ({ inputs: pick(inputs), targets: pick(targets) });
  const parts = Array.from({ length: perEpoch }, (_, part) =>
    both((x) => tf.slice(x, [0, part * size, 0], [replicates.length, size, x.shape[2]!])),
  );
  const orders = replicates.map((replicate) => ({
    stream: openStream(streams.key, replicate, LANES.order),
    order: new Int32Array(batch.size),
  }));
  return {
    parts,
    next(step) {
      const from = (step % perEpoch) * size;
      if (from === 0) for (const { stream, order } of orders) drawEpochOrder(stream, order);
      const examples = orders.flatMap(({ order }, row) =>
        Array.from(order.subarray(from, from + size), (example) => row * batch.size + example),
      );
      return both((x) => {
        const width = x.shape[2]!;
        const flat = tf.reshape(x, [replicates.length * batch.size, width]);
        const seen = tf.gather(flat, tf.tensor1d(examples, "int32"), 0);
        return tf.reshape(seen, [replicates.length, size, width]);
      });
    },
    dispose() {
      for (const part of parts) for (const tensor of [part.inputs, part.targets]) tensor.dispose();
    },
  };
}
