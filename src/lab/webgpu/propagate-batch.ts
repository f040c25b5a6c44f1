import { normalise } from "../../numerics/log-domain.ts";
import type { BatchRepresentations, BatchRequest } from "../contract/picture-batch.ts";
import { drawBatch } from "../draws/batch.ts";
import { fillPicture } from "../draws/input.ts";
import { pairDistances, summarisePairs } from "../networks/pair-summary.ts";
import { inBatches } from "./batches.ts";
import type { Device } from "./device/device.ts";
import { requireFinite } from "./device/requirements.ts";
import { batchJob, drawWeights, mostRows } from "./ensemble.ts";
import { planEnsemble } from "./ensemble-plan.ts";

/**
 * As `reference/propagate-batch.ts`: each picture goes through its replicate's network as a row of one dispatch, in float32; what leaves
 * the last layer is read back, and angles are taken in float64. A representation's relative error of some 1e-6 leaves 1 - cos of two
 * that are nearly parallel an absolute one of 1e-12 or so: read medians of ln(1 - cos) below -28 as collapsed.
 */
export function propagateBatch(device: Device, request: BatchRequest): BatchRepresentations {
  const { network, batch, streams, data } = request;
  const { widths } = network;
  const plan = planEnsemble(network, device.adapter, { sampling: "direct", needsMatrices: true });
  const logOneMinusCosine = new Float64Array(streams.count);
  const collapsed = new Float64Array(streams.count);
  const inputOneMinusCosine = new Float64Array(streams.count);
  const alive = new Float64Array(streams.count);
  const picks = new Int32Array(batch);
  const outputWidth = widths[widths.length - 1]!;
  const outputs = new Float64Array(batch * outputWidth);
  const distances = new Float64Array((batch * (batch - 1)) / 2);
  const nonZero = new Uint8Array(batch);
  inBatches(device, { count: streams.count, largest: mostRows(device, plan, { batch }) }, (from, now) => {
    const pictures = new Float64Array(now * batch * data.width);
    const inputs = new Float32Array(now * batch * plan.width);
    for (let row = 0; row < now; row++) {
      drawBatch(data, streams.key, streams.first + from + row, picks);
      for (let image = 0; image < batch; image++) {
        const at = row * batch + image;
        fillPicture(data, picks[image]!, pictures, at * data.width);
        inputs.set(pictures.subarray(at * data.width, (at + 1) * data.width), at * plan.width);
      }
    }
    requireFinite(pictures, "pictures");
    const weights = plan.uploaded === 0 ? undefined : drawWeights(network, plan.uploaded, streams, from, now);
    const job = batchJob(plan, { streams, batch }, { inputs, weights }, from, now);
    const [vectors, norms] = device.run(job).map((bytes) => new Float32Array(bytes));
    for (let row = 0; row < now; row++) {
      for (let image = 0; image < batch; image++) {
        const at = row * batch + image;
        // of a picture that died on the way the norms behind it stay zero, and its vector is that of another layer
        nonZero[image] = norms![2 * (at * plan.depth + plan.depth - 1)] === 0 ? 0 : 1;
        outputs.set(vectors!.subarray(at * plan.width, at * plan.width + outputWidth), image * outputWidth);
        normalise(outputs, image * outputWidth, (image + 1) * outputWidth);
      }
      const own = pictures.subarray(row * batch * data.width, (row + 1) * batch * data.width);
      const summary = summarisePairs(nonZero, {
        inputs: (counted) => pairDistances(own, data.width, counted, distances),
        outputs: (counted) => pairDistances(outputs, outputWidth, counted, distances),
      });
      logOneMinusCosine[from + row] = summary.logOneMinusCosine;
      collapsed[from + row] = summary.collapsed;
      inputOneMinusCosine[from + row] = summary.inputOneMinusCosine;
      alive[from + row] = summary.alive;
    }
  });
  return { logOneMinusCosine, collapsed, inputOneMinusCosine, alive };
}
