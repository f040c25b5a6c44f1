import { normalise } from "../../numerics/log-domain.ts";
import { multiply } from "../../numerics/matrix.ts";
import { openStream } from "../../numerics/random.ts";
import { LANES } from "../../numerics/stream.ts";
import type { BatchRepresentations, BatchRequest } from "../contract/picture-batch.ts";
import { drawBatch } from "../draws/batch.ts";
import { fillPicture } from "../draws/input.ts";
import { fillWeights, largestLayer } from "../draws/weights.ts";
import { depthOf, slopeOf } from "../networks/architecture.ts";
import { pairDistances, summarisePairs } from "../networks/pair-summary.ts";

/**
 * How far apart a network keeps different pictures: the angles between the representations of a batch, each picture
 * divided by its norm, each representation rescaled to norm 1 after every layer.
 *
 * A pair counts when both its representations are non-zero. Where fewer than two of the batch are, all the batch is as
 * good as collapsed: ln(1 - cos) is -Infinity, the collapsed fraction 1, and the inputs' median is over all pairs.
 * 1 - cos has an absolute rounding error of about 1e-32 (two vectors that agree to the last bit or so): read medians of
 * ln(1 - cos) below -70 as collapsed, too.
 *
 * Cost: fanIn * fanOut draws and `batch` times as many multiply-adds a layer, and batch^2 / 2 times the last width.
 * @throws RangeError for a network that does not fit the data, or fewer than 2 pictures in the batch
 */
export function propagateBatch(request: BatchRequest): BatchRepresentations {
  const { network, batch, streams, data } = request;
  const workspace = openWorkspace(request);
  const logOneMinusCosine = new Float64Array(streams.count);
  const collapsed = new Float64Array(streams.count);
  const inputOneMinusCosine = new Float64Array(streams.count);
  const alive = new Float64Array(streams.count);
  for (let row = 0; row < streams.count; row++) {
    const replicate = streams.first + row;
    drawBatch(data, streams.key, replicate, workspace.picks);
    for (let image = 0; image < batch; image++) {
      fillPicture(data, workspace.picks[image]!, workspace.inputs, image * data.width);
    }
    passBatch(request, workspace, replicate);
    const outputWidth = network.widths[depthOf(network)]!;
    const summary = summarisePairs(workspace.nonZero, {
      inputs: (counted) => pairDistances(workspace.inputs, data.width, counted, workspace.distances),
      outputs: (counted) => pairDistances(workspace.now, outputWidth, counted, workspace.distances),
    });
    inputOneMinusCosine[row] = summary.inputOneMinusCosine;
    collapsed[row] = summary.collapsed;
    logOneMinusCosine[row] = summary.logOneMinusCosine;
    alive[row] = summary.alive;
  }
  return { logOneMinusCosine, collapsed, inputOneMinusCosine, alive };
}

interface Workspace {
  readonly picks: Int32Array;
  readonly inputs: Float64Array;
  /** Representations of all images, row by row, each of norm 1. */
  readonly now: Float64Array;
  readonly next: Float64Array;
  readonly weights: Float64Array;
  readonly nonZero: Uint8Array;
  readonly distances: Float64Array;
}

function openWorkspace(request: BatchRequest): Workspace {
  const { network, batch, data } = request;
  const widest = Math.max(...network.widths);
  return {
    picks: new Int32Array(batch),
    inputs: new Float64Array(batch * data.width),
    now: new Float64Array(batch * widest),
    next: new Float64Array(batch * widest),
    weights: new Float64Array(largestLayer(network.widths)),
    nonZero: new Uint8Array(batch),
    distances: new Float64Array((batch * (batch - 1)) / 2),
  };
}

/** Leaves the last layer's representations in `now`, and which of them are not zero in `nonZero`. */
function passBatch(request: BatchRequest, workspace: Workspace, replicate: number): void {
  const { network, batch, streams } = request;
  const { inputs, now, next, weights, nonZero } = workspace;
  const stream = openStream(streams.key, replicate, LANES.weights);
  const slope = slopeOf(network.activation);
  now.set(inputs);
  nonZero.fill(1);
  for (let layer = 1; layer <= depthOf(network); layer++) {
    const fanIn = network.widths[layer - 1]!;
    const fanOut = network.widths[layer]!;
    const matrix = { weights, at: 0, fanIn, fanOut };
    fillWeights(network.init, matrix, stream);
    for (let image = 0; image < batch; image++) multiply(matrix, now, image * fanIn, next, image * fanOut);
    for (let image = 0; image < batch; image++) {
      const from = image * fanOut;
      const to = from + fanOut;
      for (let unit = from; unit < to; unit++) now[unit] = next[unit]! > 0 ? next[unit]! : slope * next[unit]!;
      if (normalise(now, from, to) === -Infinity) nonZero[image] = 0;
    }
  }
}
