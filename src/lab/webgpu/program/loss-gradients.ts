import { UnsupportedError } from "../../contract/engine.ts";
import type { ModelRequest } from "../../contract/model-request.ts";
import type { BatchRequest, LossGradients } from "../../contract/picture-batch.ts";
import { multilayerPerceptron } from "../../networks/multilayer-perceptron.ts";
import { inBatches } from "../batches.ts";
import type { Device } from "../device/device.ts";
import { further, type Place } from "../place.ts";
import { mostInAJob, openModelJob, ROWS_AT_MOST } from "./model-job.ts";
import { backwardPasses, forwardPasses } from "./model-passes.ts";
import { planModel } from "./model-plan.ts";
import { logSquareOf, normPass } from "./norm-pass.ts";

/**
 * As the contract's, in float32 and not in the log domain: every example's signals and cotangents are looked at in every layer, and
 * what float32 would lose is refused. Norms of the layers' gradients are read back, the gradients are not.
 */
export function lossGradients(device: Device, request: BatchRequest): LossGradients {
  const { network, batch, streams } = request;
  const depth = network.widths.length - 1;
  const model = modelOf(request);
  const plan = planModel(model);
  const signals = 2 * plan.layers.length;
  const logGradients = new Float64Array(streams.count * depth);
  const rows = Math.floor(ROWS_AT_MOST / batch);
  const largest = Math.min(rows, mostInAJob(device, plan, 2).replicates);
  inBatches(device, { count: streams.count, largest }, (from, now) => {
    const results = 2 * (depth + signals * batch);
    const job = openModelJob(device, plan, model, { first: from, replicates: now, results });
    const { work } = job;
    const gradients = work.takePoint(plan.count);
    const { passes, points } = forwardPasses(plan, work, now);
    const back = backwardPasses(plan, work, points, { gradients }, now);
    // pairs (sum, exponent): of each layer's gradient, then of each example behind each layer, going forward and backward
    const outOf = (begin: number, copies: number): Place => ({
      ...further(job.results, 2 * begin),
      stride: 2,
      divisor: 1,
      modulus: copies,
    });
    const layers = plan.arrays.map(({ offset, length }, layer) =>
      normPass({ x: further(gradients, offset), out: outOf(layer * now, now) }, length, now),
    );
    const leaving = points.map(({ step }) => step.output);
    const cotangents = points.map(({ cotangent }) => cotangent!);
    const examples = [...leaving.map(({ place }) => place), ...cotangents].map((place, index) => {
      const { size } = leaving[index % leaving.length]!;
      const x = { ...place, stride: size, modulus: now * batch };
      return normPass({ x, out: outOf((depth + index * batch) * now, now * batch) }, size, now * batch);
    });
    const found = job.run([...passes, ...back.passes, ...layers, ...examples]).rows;
    for (let index = depth * now; index < (depth + signals * batch) * now; index++) logSquareOf(found, index);
    requireLosses(found, (depth + (signals - 1) * batch) * now, plan.outputSize);
    for (let row = 0; row < now; row++) {
      for (let layer = 0; layer < depth; layer++) {
        logGradients[(from + row) * depth + layer] = logSquareOf(found, layer * now + row) / 2;
      }
    }
  });
  return { logGradients };
}

/** The same draws: a perceptron's layers are drawn one after another in both, and so are its pictures. */
function modelOf({ network, batch, streams, data }: BatchRequest): ModelRequest {
  const { widths, activation, init } = network;
  return {
    network: multilayerPerceptron({ widths, activation, init }),
    loss: "cross-entropy",
    batch: { size: batch, inputs: "pictures", targets: "labels" },
    ...{ streams, data },
  };
}

/** With two classes or more no softmax is exactly its class's unit vector: there the exponentials underflowed. */
function requireLosses(norms: Float32Array, from: number, classes: number): void {
  for (let index = from; 2 * index < norms.length; index++) {
    if (classes > 1 && norms[2 * index] === 0) {
      throw new UnsupportedError(
        "engine webgpu computes in float32, in which this confident network's loss underflows",
      );
    }
  }
}
